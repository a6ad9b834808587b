import { elapsedAt, type TurnClock } from '@nhip-cau/shared/model/floor';

/**
 * Where a turn is in its time. `open`: it has no budget and counts up. `warning`: little is left.
 * `over`: the budget is used up, and what comes on top is counted.
 */
export type CountdownPhase = 'open' | 'running' | 'warning' | 'over';

export interface CountdownView {
  phase: CountdownPhase;
  spokenMs: number;
  /** What is left, in whole seconds rounded up, so that it shows nothing left only when it is so. */
  leftMs: number;
  overMs: number;
}

/** The clock of a turn at `now` (epoch ms); times in ms. A short turn warns in its second half. */
export function countdownAt(
  clock: TurnClock,
  budgetMs: number | null,
  warnMs: number,
  now: number,
): CountdownView {
  const spokenMs = elapsedAt(clock, now);
  if (budgetMs === null) return { phase: 'open', spokenMs, leftMs: 0, overMs: 0 };
  const restMs = budgetMs - spokenMs;
  const leftMs = Math.max(0, Math.ceil(restMs / 1_000) * 1_000);
  const overMs = Math.max(0, -restMs);
  const warnsAt = Math.min(warnMs, budgetMs / 2);
  const phase = restMs <= 0 ? 'over' : restMs <= warnsAt ? 'warning' : 'running';
  return { phase, spokenMs, leftMs, overMs };
}
