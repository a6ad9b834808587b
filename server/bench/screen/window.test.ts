import { describe, expect, test } from 'vitest';
import type { Seen } from './picture-watch.ts';
import { incomparable, type Window, windowOf } from './window.ts';

const seen = (at: number, framesDecoded: number, shown: number): Seen => ({
  at,
  cameras: ['leader', 'speaker'].map((id) => {
    return { id, frameHeight: 720, framesDecoded, freezeSeconds: 0 };
  }),
  places: [],
  shown,
  sounds: 2,
});

test('a window has the rates of both cameras together, and cores by kind of process', () => {
  const used = new Map([
    ['renderer', 5],
    ['gpu-process', 2.5],
  ]);
  expect(windowOf(seen(1_000, 100, 180), seen(11_000, 350, 680), used, 10)).toEqual({
    cores: 0.75,
    coresByKind: { renderer: 0.5, 'gpu-process': 0.25 },
    heights: [720, 720, 720, 720],
    decodedPerSecond: 50,
    shownPerSecond: 50,
    freezeSeconds: 0,
    sounds: 2,
  });
});

describe('two windows can be compared', () => {
  const good = windowOf(seen(0, 0, 0), seen(10_000, 250, 500), new Map(), 10);
  test.each<[string, Partial<Window>, string | null]>([
    ['when they did the same', {}, null],
    ['when they did nearly the same', { decodedPerSecond: 48 }, null],
    [
      'not with smaller pictures',
      { heights: [720, 360, 720, 720] },
      'pictures of 720, 360, 720, 720 lines',
    ],
    ['not with a picture too few', { heights: [720, 720] }, 'pictures of 720, 720 lines'],
    ['not with fewer pictures decoded', { decodedPerSecond: 47 }, 'decodedPerSecond 47.0 and 50.0'],
    ['not with fewer pictures shown', { shownPerSecond: 40 }, 'shownPerSecond 40.0 and 50.0'],
    ['not without sound', { sounds: 0 }, '2 and 0 sounds'],
  ])('%s', (_, change, why) => {
    expect(incomparable(good, { ...good, ...change }, 720)).toBe(why);
  });
});
