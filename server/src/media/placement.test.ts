import { describe, expect, it } from 'vitest';
import { place } from './placement.ts';

describe('place', () => {
  it.each<[string, [receivers: number, publishers: number][], number | undefined]>([
    ['nowhere without a worker', [], undefined],
    ['on the only one', [[9, 9]], 0],
    [
      'on the first of several alike',
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      0,
    ],
    [
      'where fewer receive',
      [
        [3, 0],
        [2, 0],
      ],
      1,
    ],
    [
      'where fewer publish',
      [
        [2, 3],
        [2, 1],
      ],
      1,
    ],
    [
      'beside four publishers rather than beside a receiver',
      [
        [1, 0],
        [0, 4],
      ],
      1,
    ],
    [
      'beside a receiver rather than beside six publishers',
      [
        [1, 0],
        [0, 6],
      ],
      0,
    ],
    [
      'on the new one after another died',
      [
        [200, 190],
        [0, 0],
        [190, 200],
      ],
      1,
    ],
  ])('%s', (_, loads, expected) => {
    const workers = loads.map(([receivers, publishers], index) => {
      return { index, load: { receivers, publishers } };
    });
    expect(place(workers)?.index).toBe(expected);
  });

  it('spreads what comes evenly', () => {
    const workers = Array.from({ length: 3 }, () => ({ load: { receivers: 0, publishers: 0 } }));
    for (let index = 0; index < 579; index += 1) {
      place(workers)!.load.publishers += 1;
      place(workers)!.load.receivers += 1;
    }
    for (const { load } of workers) {
      expect(Math.abs(load.receivers - 193)).toBeLessThanOrEqual(1);
      expect(Math.abs(load.publishers - 193)).toBeLessThanOrEqual(5);
    }
  });
});
