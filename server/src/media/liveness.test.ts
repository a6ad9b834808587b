import { describe, expect, it } from 'vitest';
import { Pulse, silenceMs } from './liveness.ts';

describe('a pulse', () => {
  it.each<[string, [atMs: number, count: number][], number, boolean]>([
    ['is given time to begin', [], silenceMs - 1, false],
    ['is silent when nothing was ever counted', [], silenceMs, true],
    [
      'is silent when the count stands',
      [
        [100, 5],
        [1_000, 5],
        [2_000, 5],
      ],
      100 + silenceMs,
      true,
    ],
    [
      'is not while it grows',
      [
        [100, 5],
        [1_900, 6],
      ],
      2_500,
      false,
    ],
    [
      'is not when it starts again from nothing',
      [
        [100, 5],
        [1_900, 0],
      ],
      2_500,
      false,
    ],
    [
      'is no more when packets come again',
      [
        [100, 5],
        [3_000, 5],
        [4_000, 6],
      ],
      4_500,
      false,
    ],
  ])('%s', (_, counts, nowMs, expected) => {
    const pulse = new Pulse(0);
    for (const [atMs, count] of counts) pulse.handleCount(count, atMs);
    expect(pulse.isSilent(nowMs)).toBe(expected);
  });

  it('is not silent for what its watcher slept', () => {
    const pulse = new Pulse(0);
    pulse.handleCount(5, 100);
    pulse.forgive(3_000);
    expect(pulse.isSilent(4_000)).toBe(false);
    expect(pulse.isSilent(3_100 + silenceMs)).toBe(true);
  });
});
