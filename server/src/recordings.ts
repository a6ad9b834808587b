import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { DialogueEngine } from './dialogue/kernel/engine.ts';
import type { LogReader } from './dialogue/kernel/ports.ts';
import type { Bus, Leases } from './dialogue/nodes/ports.ts';
import type { MediaService } from './media/media-service.ts';
import { findFfmpeg, installFfmpeg } from './recording/ffmpeg.ts';
import { RecordingService } from './recording/recording-service.ts';
import { roomOf } from './transport/socket/audiences.ts';
import type { SignalBoard } from './transport/socket/signals.ts';

export interface RecordingParts {
  config: Config;
  media: Pick<MediaService, 'gather' | 'tap'>;
  engine: DialogueEngine;
  logReader: LogReader;
  nodes: { leases: Leases; bus: Bus };
  signals: () => Pick<SignalBoard, 'set'>;
  onError: (error: unknown, dialogueId: string) => void;
  log: Logger;
}

/** Starts what writes pictures and sound to the disk; it does nothing until a log says so. */
export async function openRecordings({
  config,
  media,
  engine,
  logReader,
  nodes,
  signals,
  onError,
  log,
}: RecordingParts): Promise<RecordingService> {
  const ffmpeg = findFfmpeg(process.env['PATH']);
  if (ffmpeg === null) {
    log.warn(`nothing can be recorded or broadcast: ffmpeg is missing; ${installFfmpeg}`);
  }
  const recordings = new RecordingService({
    ffmpeg,
    ...config.recording,
    engine,
    logReader,
    leases: nodes.leases,
    bus: nodes.bus,
    gather: (dialogueId) => media.gather(dialogueId),
    onSignal: (dialogueId, signal) =>
      signals().set(dialogueId, roomOf(dialogueId, 'desk'), 'recording', signal),
    onError,
  });
  await recordings.open();
  media.tap(recordings);
  return recordings;
}
