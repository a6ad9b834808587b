import { inThread } from '../kernel/in-thread.ts';
import type { Sheet } from './sheet.ts';

const limitMs = 60_000;

/** Writes a workbook in a thread of its own: a live dialogue must not wait for a spreadsheet. */
export function toXlsxApart(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return inThread(new URL('./xlsx-thread.ts', import.meta.url), sheets, limitMs);
}
