import type { MediaSource } from '@nhip-cau/shared/protocol/media';
import type { Word } from '@nhip-cau/shared/model/transcript';
import type { EngineFinal } from './engine.ts';

/** A microphone while it is on air, as RTP. */
export interface SoundTrack {
  /** The same again when the same microphone is on air a second time. */
  readonly id: string;
  readonly dialogueId: string;
  readonly bridgePointId: string;
  readonly source: MediaSource;
  /** It comes in at another node, which hears it. */
  readonly isGathered: boolean;
  readonly codec: { readonly mimeType: string; readonly clockRate: number };
  /** Hands over its packets; resolves to what ends that, rejects when the track is gone. */
  onRtp(listener: (packet: Buffer) => void): Promise<() => void>;
}

/** One line as an engine heard it; it is `transcript.hear` of the protocol. */
export interface HeardLine {
  lineId: string;
  runId: string;
  bridgePointId: string;
  /** Epoch ms. */
  startedAt: number;
  endedAt: number;
  /** As it is to be read, and as the engine said it. */
  text: string;
  raw: string;
  words: Word[] | null;
  confidence: number | null;
  engine: string;
  /** It came long after it was spoken. */
  isLate: boolean;
  /** Within the run's sound. */
  audio: { startMs: number; endMs: number };
  speakerName: string | null;
}

/** Where lines go. */
export interface TranscriptSink {
  /**
   * Resolves once the line stands in the log, also when it stood there before, and when it is
   * refused for good. Rejects when it is to be tried again.
   */
  hear(dialogueId: string, line: HeardLine): Promise<void>;
  /** Where the last line of that run ends that stands in the log, ms within its sound; null: none. */
  heardUntil(dialogueId: string, runId: string): Promise<number | null>;
}

/** What is made of an engine's words before people read them. */
export interface LineWriter {
  /** Names and terms of that dialogue, for the engine. */
  hotWords(dialogueId: string): Promise<readonly string[]>;
  /** Numbers, dates and names as they are written; times of words in ms from the final's start. */
  write(dialogueId: string, final: EngineFinal): Promise<{ text: string; words: Word[] | null }>;
}
