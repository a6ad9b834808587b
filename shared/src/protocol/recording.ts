import { z } from 'zod';
import type { CutState, DiskLevel, Span } from '../model/recording.ts';
import type { CaptionFact } from './facts.ts';
import type { MediaSource } from './media.ts';

const stopped = z.strictObject({ reason: z.enum(['person', 'diskFull']).optional() });

export const recordingCommands = {
  /** Every track that is on air is copied to the disk from now on. */
  'recording.start': z.strictObject({}),
  /** Finishes the files. `reason`: only the server's own is believed. */
  'recording.stop': stopped,
  /** Anybody with the address can watch the stage from now on. */
  'broadcast.start': z.strictObject({}),
  'broadcast.stop': stopped,
};

/** What is being written now, to the desk. Times are epoch ms. */
export interface RecordingSignal {
  disk: DiskStatus;
  /** Tracks that are copied at this moment. */
  tracks: { bridgePointId: string; source: MediaSource; since: number; isWriting: boolean }[];
  /** The programme cut under way, or the last one. */
  cut: CutStatus | null;
}

export interface DiskStatus {
  level: DiskLevel;
  freeBytes: number;
  /** What all recordings of this server write, in bytes/s; 0 while nothing is recorded. */
  bytesPerSecond: number;
  /** How long that can go on, in minutes; `null` while nothing is recorded. */
  minutesLeft: number | null;
}

export interface CutStatus {
  state: CutState;
  /** 0 … 1. */
  progress: number;
  /** Of the work, not of the picture; `null` while it cannot be told. */
  remainingMs: number | null;
  at: number;
}

/** What stands of a dialogue's recording. */
export interface RecordingBody {
  /** Whether this server can record: `null`, or the command that installs what is missing. */
  missing: { program: string; install: string } | null;
  disk: DiskStatus;
  tracks: RecordedTrack[];
  cut: CutStatus | null;
  /** The files of the programme, once it was made. */
  files: RecordedFile[];
  /** What they show of the dialogue's time, one after another (see `programmeTimeAt`). */
  spans: Span[];
}

/** One camera or microphone, while it was on air once. */
export interface RecordedTrack {
  id: string;
  bridgePointId: string;
  bridgePointName: string;
  source: MediaSource;
  startedAt: number;
  durationMs: number;
  bytes: number;
  segments: number;
}

/** A file to download: `/api/dialogues/ID/recording/files/NAME`. */
export interface RecordedFile {
  name: string;
  bytes: number;
  durationMs: number | null;
  /** SHA-256 in hex. */
  sha256: string;
}

/** `about.json` beside a public broadcast's playlist. */
export interface BroadcastAbout {
  title: string;
  organiser: string;
  /** Whether the playlist goes on. */
  isLive: boolean;
}

/** `captions.json` beside it: what was said in the last minute, as everybody reads it. */
export interface BroadcastCaptions {
  captions: CaptionFact[];
}
