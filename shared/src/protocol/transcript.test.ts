import { describe, expect, it } from 'vitest';
import { transcriptCommands } from './transcript.ts';

const id = (number: number) => `0192d0f6-0000-7000-8000-${String(number).padStart(12, '0')}`;
/** What a socket takes as one message, in bytes. */
const message = 2_000_000;
const bytesOf = (payload: unknown) => Buffer.byteLength(JSON.stringify(payload));

describe('the longest command that is valid', () => {
  it('fits into one message: a replacement', () => {
    const replace = transcriptCommands['transcript.replace'];
    const changes = (count: number, length: number) => ({
      changes: Array.from({ length: count }, (_, index) => ({
        lineId: id(index),
        revision: 1_000_000,
        text: 'ệ'.repeat(length),
      })),
    });
    const longest = changes(500, 800);
    expect(replace.safeParse(longest).success).toBe(true);
    expect(bytesOf(longest)).toBeLessThan(message);
    expect(replace.safeParse(changes(500, 801)).success).toBe(false);
    expect(replace.safeParse(changes(501, 1)).success).toBe(false);
  });

  it('fits into one message: a vocabulary', () => {
    const vocabulary = transcriptCommands['transcript.vocabulary'];
    const terms = (count: number, length: number) => ({
      terms: Array.from({ length: count }, () => ({
        term: 'ệ'.repeat(length),
        soundsLike: Array.from({ length: 19 }, () => 'ệ'.repeat(length)),
      })),
      abbreviations: [],
    });
    const longest = terms(2_000, 10);
    expect(vocabulary.safeParse(longest).success).toBe(true);
    expect(bytesOf(longest)).toBeLessThan(message);
    expect(vocabulary.safeParse(terms(2_000, 11)).success).toBe(false);
    expect(vocabulary.safeParse(terms(2_001, 1)).success).toBe(false);
  });
});
