import { z } from 'zod';

/* Descriptions name the scalars in docs/protocol.md. */

/** A UUID, any version, lower case. */
export const id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .describe('UUID');

// Control characters but line feed and tab; PostgreSQL takes no NUL, a log line no escape, and XML,
// which documents are made of, none of the last two.
const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]/;

/** In one step, which every question goes through: a chain of small ones takes three times as long. */
function text(maxLength: number, isAllowed: (value: string) => boolean) {
  return z
    .string()
    .max(maxLength)
    .transform((sent, { issues }) => {
      const value = sent.replaceAll('\r\n', '\n').normalize('NFC').trim();
      if (sent.isWellFormed() && !control.test(value) && isAllowed(value)) return value;
      issues.push({ code: 'custom', input: sent });
      return z.NEVER;
    });
}

/** One line of text: NFC, trimmed, not empty, at most `maxLength` UTF-16 units as sent. */
export const line = (maxLength: number) =>
  text(maxLength, (value) => value.length > 0 && !value.includes('\n')).describe('line');

/** Text of several lines: NFC, trimmed, not empty. */
export const paragraph = (maxLength: number) =>
  text(maxLength, (value) => value.length > 0).describe('text');

/** An instant in epoch milliseconds. */
export const instant = z.int().min(0).max(8_640_000_000_000_000).describe('epoch ms');

/** A calendar day, `YYYY-MM-DD` (ISO 8601). */
export const day = z.iso.date().describe('day YYYY-MM-DD');
