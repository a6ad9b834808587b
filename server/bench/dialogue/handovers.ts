import type { OpenTime } from '../../faults/media/open-times.ts';
import type { Spell } from '../../load/media/spells.ts';

/** A hall came on air; epoch ms. */
export interface Handover {
  readonly bridgePointId: string;
  /** When the server decided it: the log's own time. */
  readonly at: number;
  /** When the hall fell back. */
  readonly until: number;
}

/** Shorter ones nobody can judge. */
const shortestMs = 2_000;

/**
 * The handovers of the floor to any hall but `leader`, which is always on air, in that time (epoch
 * ms), oldest first. `openTimes`: what the log says of each hall.
 */
export function handoversOf(
  openTimes: ReadonlyMap<string, readonly OpenTime[]>,
  leader: string,
  time: { since: number; until: number },
): Handover[] {
  return [...openTimes]
    .filter(([bridgePointId]) => bridgePointId !== leader)
    .flatMap(([bridgePointId, times]) =>
      times.map(({ from, to }) => ({ bridgePointId, at: from, until: Math.min(to, time.until) })),
    )
    .filter(({ at, until }) => at >= time.since && until - at >= shortestMs)
    .sort((one, other) => one.at - other.at);
}

/**
 * How long after a handover the first picture of `name` came, in ms; infinite where none came
 * before the hall fell back.
 */
export function firstPictureMs(
  { at, until }: Handover,
  name: string,
  spells: readonly Spell[],
): number {
  const first = spells
    .filter(({ of, from, to }) => of === name && to >= at && from <= until)
    .reduce((earliest, { from }) => Math.min(earliest, from), Infinity);
  return Math.max(0, first - at);
}
