import { randomUUID } from 'node:crypto';
import { elapsedAt, timeUpGraceMs } from '@nhip-cau/shared/model/floor';
import { system } from '../kernel/actor.ts';
import type { DialogueEngine } from '../kernel/engine.ts';
import type { DialogueState } from '../kernel/state.ts';
import { systemClock, type TimerClock } from '../kernel/timer-clock.ts';

/** How long after a failed try the end of a turn is tried again, in ms. */
const retryMs = 1_000;

/** When a turn is over if nothing happens to it: epoch ms. */
interface Deadline {
  readonly turnId: string;
  readonly at: number;
}

/**
 * Ends a turn that has used up its time, and the grace of a sentence's end, where the dialogue's
 * rules say so. It reads each deadline from the state alone, so extensions, holds and restarts move
 * it by themselves; whether the time is truly up is decided again when the end is committed. It
 * never hands the floor on.
 */
export class TurnTimer {
  private readonly engine: DialogueEngine;
  private readonly onError: (error: unknown, dialogueId: string) => void;
  private readonly clock: TimerClock;
  private readonly deadlines = new Map<string, Deadline>();
  private readonly giveUps = new Map<string, () => void>();
  private closed = false;

  constructor(
    engine: DialogueEngine,
    onError: (error: unknown, dialogueId: string) => void,
    clock: TimerClock = systemClock,
  ) {
    this.engine = engine;
    this.onError = onError;
    this.clock = clock;
  }

  /** Call after each commit. Nothing of `state`, which later commits change, is kept. */
  handleState(state: DialogueState): void {
    if (this.closed) return;
    const deadline = deadlineOf(state);
    const before = this.deadlines.get(state.id);
    if (deadline?.turnId === before?.turnId && deadline?.at === before?.at) return;
    this.giveUps.get(state.id)?.();
    this.giveUps.delete(state.id);
    if (deadline === null) {
      this.deadlines.delete(state.id);
      return;
    }
    this.deadlines.set(state.id, deadline);
    this.wait(state.id, deadline, deadline.at - this.clock.now());
  }

  /** Another node watches over this dialogue from now on. */
  drop(dialogueId: string): void {
    this.giveUps.get(dialogueId)?.();
    this.giveUps.delete(dialogueId);
    this.deadlines.delete(dialogueId);
  }

  /** Commands that are still under way change nothing more. Idempotent. */
  close(): void {
    this.closed = true;
    for (const giveUp of this.giveUps.values()) giveUp();
    this.giveUps.clear();
    this.deadlines.clear();
  }

  private wait(dialogueId: string, deadline: Deadline, ms: number): void {
    const giveUp = this.clock.after(Math.max(0, ms), () => this.end(dialogueId, deadline));
    this.giveUps.set(dialogueId, giveUp);
  }

  private end(dialogueId: string, deadline: Deadline): void {
    this.giveUps.delete(dialogueId);
    // A timer may fire a moment early, and the clock may have been set back.
    const left = deadline.at - this.clock.now();
    if (left > 0) {
      this.wait(dialogueId, deadline, left);
      return;
    }
    this.engine
      .execute(system, {
        commandId: randomUUID(),
        dialogueId,
        name: 'floor.end',
        payload: { turnId: deadline.turnId, reason: 'timeUp' },
      })
      .then((outcome) => {
        // Ended, held or extended meanwhile: the commit that did so has set the timer anew.
        if (outcome.ok || this.deadlines.get(dialogueId) !== deadline) return;
        const { code } = outcome.error;
        if (code !== 'unavailable' && code !== 'wrong_state') {
          throw new Error(`the turn could not be ended: ${code}`);
        }
        // It still runs: the log could not be written, or the clock was set back on the way.
        const left = deadline.at - this.clock.now();
        this.wait(dialogueId, deadline, left > 0 ? left : retryMs);
      })
      .catch((error: unknown) => this.onError(error, dialogueId));
  }
}

function deadlineOf({ dialogue, currentTurnId, turns }: DialogueState): Deadline | null {
  const turn = currentTurnId === null ? undefined : turns.get(currentTurnId);
  if (turn?.state !== 'onAir' || turn.clock.runningSince === null) return null;
  if (dialogue?.rules.timeUp !== 'end' || dialogue.state !== 'live') return null;
  const leftMs = turn.budgetMs + timeUpGraceMs - elapsedAt(turn.clock, turn.clock.runningSince);
  return { turnId: turn.id, at: turn.clock.runningSince + leftMs };
}
