import type { Seen } from './picture-watch.ts';

/** What a page did in some seconds of being looked at. */
export interface Window {
  /** Cores that all of Chromium's processes used. */
  readonly cores: number;
  /** The same by kind of process. */
  readonly coresByKind: Readonly<Record<string, number>>;
  /** Lines of each camera's picture, at the beginning and at the end. */
  readonly heights: readonly number[];
  /** Pictures a second that were decoded, of all cameras together. */
  readonly decodedPerSecond: number;
  readonly shownPerSecond: number;
  readonly freezeSeconds: number;
  readonly sounds: number;
}

/** Puts together what two looks at a page and at its processes say. */
export function windowOf(
  before: Seen,
  after: Seen,
  used: ReadonlyMap<string, number>,
  seconds: number,
): Window {
  const pageSeconds = (after.at - before.at) / 1_000;
  const sum = (seen: Seen, of: 'framesDecoded' | 'freezeSeconds') =>
    seen.cameras.reduce((total, camera) => total + camera[of], 0);
  const coresByKind = Object.fromEntries([...used].map(([kind, of]) => [kind, of / seconds]));
  return {
    cores: Object.values(coresByKind).reduce((total, cores) => total + cores, 0),
    coresByKind,
    heights: [...before.cameras, ...after.cameras].map(({ frameHeight }) => frameHeight),
    decodedPerSecond: (sum(after, 'framesDecoded') - sum(before, 'framesDecoded')) / pageSeconds,
    shownPerSecond: (after.shown - before.shown) / pageSeconds,
    freezeSeconds: sum(after, 'freezeSeconds') - sum(before, 'freezeSeconds'),
    sounds: after.sounds,
  };
}

/** How far two pages' pictures a second may differ, as a share of the larger. */
const tolerance = 0.05;

/** Why two windows cannot be compared, or null: both must do the same work. */
export function incomparable(one: Window, other: Window, lines: number): string | null {
  for (const { heights } of [one, other]) {
    if (heights.length !== 4 || heights.some((height) => height !== lines)) {
      return `pictures of ${heights.join(', ')} lines`;
    }
  }
  if (one.sounds !== other.sounds) return `${one.sounds} and ${other.sounds} sounds`;
  for (const figure of ['decodedPerSecond', 'shownPerSecond'] as const) {
    const [less, more] = [one[figure], other[figure]].sort((a, b) => a - b) as [number, number];
    if (less < more * (1 - tolerance)) {
      return `${figure} ${less.toFixed(1)} and ${more.toFixed(1)}`;
    }
  }
  return null;
}
