import type { TransitionTable } from './transitions.ts';

/** `held`: the link was lost; the turn is kept, its microphone closed, until a person resumes it. */
export const turnStates = ['onDeck', 'onAir', 'held', 'ended', 'cancelled'] as const;

export type TurnState = (typeof turnStates)[number];
export type TurnEvent = 'call' | 'hold' | 'resume' | 'end' | 'release';

export const turnTransitions: TransitionTable<TurnState, TurnEvent> = {
  onDeck: { call: 'onAir', release: 'cancelled' },
  onAir: { hold: 'held', end: 'ended' },
  held: { resume: 'onAir', end: 'ended' },
  ended: {},
  cancelled: {},
};

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
