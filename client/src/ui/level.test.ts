import { describe, expect, it } from 'vitest';
import { levelShare, levelWord } from './level.ts';

describe('level', () => {
  it.each([
    [null, 0, 'unknown'],
    [-120, 0, 'silent'],
    [-60, 0, 'silent'],
    [-40, 1 / 3, 'quiet'],
    [-20, 2 / 3, 'normal'],
    [-3, 0.95, 'loud'],
    [6, 1, 'loud'],
  ] as const)('reads %s dBFS', (dbfs, share, word) => {
    expect(levelShare(dbfs)).toBeCloseTo(share);
    expect(levelWord(dbfs)).toBe(word);
  });
});
