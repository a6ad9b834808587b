import { randomUUID } from 'node:crypto';
import { system } from '../kernel/actor.ts';
import type { DialogueEngine } from '../kernel/engine.ts';
import type { DialogueState } from '../kernel/state.ts';
import { systemClock, type TimerClock } from '../kernel/timer-clock.ts';

/** How long the screen on the stage may not come before its presentation ends, in ms. */
export const screenGraceMs = 10_000;

/** How long after a failed try a presentation is tried to be ended again, in ms. */
const retryMs = 1_000;

/** A presentation that is to end. */
interface Wait {
  readonly bridgePointId: string;
  giveUp: () => void;
}

/**
 * Ends the presentation of a screen that nobody sends any more: a reloaded page shares nothing, and
 * the stage would go on waiting for it. A screen that is back within the grace goes on.
 */
export class ScreenWatch {
  private readonly engine: DialogueEngine;
  private readonly onError: (error: unknown, dialogueId: string) => void;
  private readonly clock: TimerClock;
  private readonly screens = new Map<string, ReadonlySet<string>>();
  /** Whose screen is on the stage, by dialogue. */
  private readonly shown = new Map<string, string>();
  private readonly waits = new Map<string, Wait>();
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

  /** The bridge points of a dialogue in whose name a screen is sent now. */
  handleScreens(dialogueId: string, bridgePointIds: ReadonlySet<string>): void {
    this.screens.set(dialogueId, bridgePointIds);
    this.check(dialogueId);
  }

  /** Call after each commit. Nothing of `state`, which later commits change, is kept. */
  handleState({ dialogue, id }: DialogueState): void {
    const shown = dialogue?.state === 'ended' ? null : dialogue?.presentation;
    if (shown?.kind === 'screen') this.shown.set(id, shown.bridgePointId);
    else this.shown.delete(id);
    this.check(id);
  }

  /** Another node watches over this dialogue from now on. */
  drop(dialogueId: string): void {
    this.shown.delete(dialogueId);
    this.check(dialogueId);
  }

  /** Commands that are still under way change nothing more. Idempotent. */
  close(): void {
    this.closed = true;
    for (const { giveUp } of this.waits.values()) giveUp();
    this.waits.clear();
  }

  private check(dialogueId: string): void {
    if (this.closed) return;
    const bridgePointId = this.shown.get(dialogueId);
    const isMissing =
      bridgePointId !== undefined && !this.screens.get(dialogueId)?.has(bridgePointId);
    const waiting = this.waits.get(dialogueId);
    if (waiting && (!isMissing || waiting.bridgePointId !== bridgePointId)) {
      waiting.giveUp();
      this.waits.delete(dialogueId);
    }
    if (!isMissing || this.waits.has(dialogueId)) return;
    const wait: Wait = { bridgePointId, giveUp: () => {} };
    wait.giveUp = this.clock.after(screenGraceMs, () => this.end(dialogueId, wait));
    this.waits.set(dialogueId, wait);
  }

  private end(dialogueId: string, wait: Wait): void {
    const { bridgePointId } = wait;
    this.engine
      .execute(system, {
        commandId: randomUUID(),
        dialogueId,
        name: 'presentation.drop',
        payload: { bridgePointId },
      })
      .then((outcome) => {
        // It ended or came back meanwhile.
        if (this.waits.get(dialogueId) !== wait) return;
        if (!outcome.ok && outcome.error.code === 'unavailable') {
          wait.giveUp = this.clock.after(retryMs, () => this.end(dialogueId, wait));
          return;
        }
        this.waits.delete(dialogueId);
        if (!outcome.ok && outcome.error.code !== 'wrong_state') {
          throw new Error(`a presentation could not be ended: ${outcome.error.code}`);
        }
      })
      .catch((error: unknown) => this.onError(error, dialogueId));
  }
}
