import { describe, expect, it } from 'vitest';
import { peakOf } from './stays.ts';

const stay = (joinedAt: number, leftAt: number | null) => ({ joinedAt, leftAt });

describe('the most people at once', () => {
  it.each([
    ['nobody', [], 0],
    ['one who stays', [stay(1, null)], 1],
    ['one after the other', [stay(1, 5), stay(5, 9)], 1],
    ['two for a while', [stay(1, 5), stay(4, 9), stay(8, null)], 2],
    ['all at the same moment', [stay(3, null), stay(3, null), stay(3, 4)], 3],
  ] as const)('%s', (_, stays, peak) => {
    expect(peakOf(stays)).toBe(peak);
  });
});
