import type { TranscriptSearchBody } from '@nhip-cau/shared/protocol/transcript-record';

/** The sound that was transcribed. */
export interface SpeechAudio {
  /** A run's sound as it is now, a WAV file that may still grow; `null`: there is none. */
  open(dialogueId: string, runId: string): Promise<{ path: string; size: number } | null>;
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
