/**
 * Why a recording or a broadcast stopped: a person stopped it, the dialogue ended, or the disk is
 * nearly full.
 */
export const recordingStops = ['person', 'ended', 'diskFull'] as const;

export type RecordingStop = (typeof recordingStops)[number];

/** `low`: enough for a while, somebody should look after it; `full`: nothing more is written. */
export type DiskLevel = 'ok' | 'low' | 'full';

/** What a programme cut is doing; `failed` and `cancelled` can be made anew. */
export type CutState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** How many characters the public code of a broadcast has. */
export const broadcastCodeLength = 8;
