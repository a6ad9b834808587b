import type { TranscriptSearchBody } from '@nhip-cau/shared/protocol/transcript-record';

/** A run's sound as it is now: a WAV file that may still grow. */
export interface RunSound {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `from` to before `to`, which is at most `size`. Throws when they cannot be had. */
  read(from: number, to: number): AsyncIterable<Buffer>;
}

/** The sound that was transcribed. */
export interface SpeechAudio {
  /** `null`: there is none. Rejects with `unavailable` where it may be at a node that is silent. */
  open(dialogueId: string, runId: string): Promise<RunSound | null>;
}

export interface TranscriptQuery {
  text: string;
  /** Only in this dialogue. */
  dialogueId: string | null;
  /** As the answer before gave it. */
  after: string | null;
}

/** Looks through the transcripts of all dialogues. */
export interface TranscriptSearch {
  /**
   * Lines that have all the words, whatever their diacritics, as far as the account may read them;
   * `isAdmin`: it reads the public form of every dialogue. Throws `invalid`.
   */
  find(
    reader: { accountId: string; isAdmin: boolean },
    query: TranscriptQuery,
  ): Promise<TranscriptSearchBody>;
}
