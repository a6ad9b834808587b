import type { TransitionTable } from './transitions.ts';

/**
 * `held`: the link was lost, or a person interrupted; the turn is kept, its microphone closed, until
 * a person resumes it. Held after a lost link, it can still be interrupted.
 */
export const turnStates = ['onDeck', 'onAir', 'held', 'ended', 'cancelled'] as const;

export type TurnState = (typeof turnStates)[number];
export type TurnEvent = 'call' | 'hold' | 'resume' | 'extend' | 'end' | 'release';

export const turnTransitions: TransitionTable<TurnState, TurnEvent> = {
  onDeck: { call: 'onAir', release: 'cancelled' },
  onAir: { hold: 'held', extend: 'onAir', end: 'ended' },
  held: { hold: 'held', resume: 'onAir', extend: 'held', end: 'ended' },
  ended: {},
  cancelled: {},
};

/**
 * Whose turn it is: the asker of a question, somebody whose hand was taken without a written
 * question, a reply to what was answered, or the head table itself.
 */
export const turnKinds = ['question', 'hand', 'reply', 'host'] as const;

export type TurnKind = (typeof turnKinds)[number];

/** Why a turn is held. */
export type HeldReason = 'linkLost' | 'person';

/** How a turn came to its end: by a person, by the clock, or because the next one was called. */
export type EndReason = 'person' | 'timeUp' | 'handover';

/** A turn's clock: `elapsedMs` before the clock was last set going at `runningSince` (epoch ms). */
export interface TurnClock {
  elapsedMs: number;
  runningSince: number | null;
}

/** Time spoken so far, in ms, at `now` (epoch ms). */
export function elapsedAt(clock: TurnClock, now: number): number {
  return (
    clock.elapsedMs + (clock.runningSince === null ? 0 : Math.max(0, now - clock.runningSince))
  );
}

/** The clock stopped at `now`. */
export function stopped(clock: TurnClock, now: number): TurnClock {
  return { elapsedMs: elapsedAt(clock, now), runningSince: null };
}

/** Questions that may wait on deck at once: each keeps its hall's camera at full quality. */
export const maxOnDeck = 10;

/** The least a called hall gets, however much its district has spoken, in ms. */
export const leastBudgetMs = 30_000;

/**
 * What a turn may take, in ms: the turn's own time, or what is left of its district's, whichever is
 * less, and never less than `leastBudgetMs` (or the turn's own time, when that is even shorter).
 */
export function turnBudgetMs(
  turnMs: number,
  districtBudgetMs: number | null,
  districtSpokenMs: number,
): number {
  if (districtBudgetMs === null) return turnMs;
  const left = Math.max(leastBudgetMs, districtBudgetMs - districtSpokenMs);
  return Math.min(turnMs, left);
}

/** A turn's budget after all extensions stays between these, in ms. */
export const shortestBudgetMs = 10_000;
export const longestBudgetMs = 4 * 3_600_000;

/** How long a turn whose time is up goes on before the clock ends it, in ms: a sentence's end. */
export const timeUpGraceMs = 10_000;
