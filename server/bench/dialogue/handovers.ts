import type { LogEntry } from '../../src/dialogue/kernel/entries.ts';
import { applyEntry } from '../../src/dialogue/kernel/features.ts';
import { DialogueState } from '../../src/dialogue/kernel/state.ts';
import { desiredStage } from '../../src/dialogue/stage/desired.ts';
import type { FeedTier } from '../../src/dialogue/stage/media-port.ts';
import type { Spell } from '../../load/media/spells.ts';

/** What the stage's feeds should be from a moment on; epoch ms. */
export interface Stage {
  readonly at: number;
  readonly feeds: ReadonlyMap<string, FeedTier>;
}

/** A hall came on air; epoch ms. */
export interface Handover {
  readonly bridgePointId: string;
  /** When the server decided it: the log's own time. */
  readonly at: number;
  /** When the hall fell back. */
  readonly until: number;
  /** How long it had been on deck, in ms; 0: it was called out of its row. */
  readonly preparedMs: number;
}

/** Shorter ones nobody can judge. */
const shortestMs = 2_000;

/** What the log says of the stage, entry by entry, folded as the server folds it. */
export function stagesOf(log: readonly LogEntry[], dialogueId: string): Stage[] {
  const state = new DialogueState(dialogueId);
  return log.map((entry) => {
    applyEntry(state, entry);
    return { at: entry.at, feeds: desiredStage(state).feeds };
  });
}

/**
 * The handovers of the floor to any hall but `leader`, which is always on air, in that time (epoch
 * ms), oldest first.
 */
export function handoversOf(
  stages: readonly Stage[],
  leader: string,
  time: { since: number; until: number },
): Handover[] {
  const handovers: Handover[] = [];
  const deckSince = new Map<string, number>();
  const onAir = new Map<string, Omit<Handover, 'until'>>();
  const fallBack = (bridgePointId: string, until: number) => {
    const began = onAir.get(bridgePointId);
    if (began) handovers.push({ ...began, until });
    onAir.delete(bridgePointId);
  };
  for (const { at, feeds } of stages) {
    for (const id of onAir.keys()) if (feeds.get(id) !== 'onAir') fallBack(id, at);
    for (const [bridgePointId, tier] of feeds) {
      if (bridgePointId === leader) continue;
      if (tier === 'onAir' && !onAir.has(bridgePointId)) {
        const preparedMs = at - (deckSince.get(bridgePointId) ?? at);
        onAir.set(bridgePointId, { bridgePointId, at, preparedMs });
      }
      if (tier === 'onDeck' && !deckSince.has(bridgePointId)) deckSince.set(bridgePointId, at);
    }
    for (const id of deckSince.keys()) if (feeds.get(id) !== 'onDeck') deckSince.delete(id);
  }
  for (const id of [...onAir.keys()]) fallBack(id, time.until);
  return handovers
    .filter(({ at, until }) => at >= time.since && until - at >= shortestMs)
    .sort((one, other) => one.at - other.at);
}

/**
 * How long each hall but `leader` was on deck between two spells on air, in ms, together, where
 * that was shorter than `mostMs`: its streams stood meanwhile, and sent nothing.
 */
export function pausesOf(
  stages: readonly Stage[],
  leader: string,
  mostMs: number,
): Map<string, number> {
  const pauses = new Map<string, number>();
  const fellAt = new Map<string, number>();
  let before: Stage['feeds'] = new Map();
  for (const { at, feeds } of stages) {
    for (const [id, tier] of before) {
      if (id !== leader && tier === 'onAir' && feeds.get(id) === 'onDeck') fellAt.set(id, at);
    }
    for (const [id, since] of fellAt) {
      if (feeds.get(id) === 'onDeck') continue;
      fellAt.delete(id);
      const isBack = feeds.get(id) === 'onAir' && at - since < mostMs;
      if (isBack) pauses.set(id, (pauses.get(id) ?? 0) + at - since);
    }
    before = feeds;
  }
  return pauses;
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
