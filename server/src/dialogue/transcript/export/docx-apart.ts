import type { TranscriptBody } from '@nhip-cau/shared/protocol/transcript-record';
import { inThread } from '../../kernel/in-thread.ts';
import type { DocxOptions } from './docx.ts';

const limitMs = 120_000;

/** Writes a document in a thread of its own: a live dialogue must not wait for four hours' words. */
export function toDocxApart(transcript: TranscriptBody, options: DocxOptions): Promise<Uint8Array> {
  const thread = new URL('./docx-thread.ts', import.meta.url);
  return inThread(thread, { transcript, options }, limitMs);
}
