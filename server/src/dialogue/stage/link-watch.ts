import { randomUUID } from 'node:crypto';
import { system } from '../kernel/actor.ts';
import type { DialogueEngine } from '../kernel/engine.ts';
import type { DialogueState } from '../kernel/state.ts';

/** How long the link of the hall on air may be gone before its turn is held, in ms. */
export const linkGraceMs = 5_000;

/**
 * Holds the turn of a hall whose link is gone: its microphone closes and stays closed until a
 * person resumes the turn. It never hands the floor on.
 */
export class LinkWatch {
  private readonly engine: DialogueEngine;
  private readonly graceMs: number;
  private readonly onError: (error: unknown, dialogueId: string) => void;
  private readonly linked = new Map<string, Set<string>>();
  private readonly states = new Map<string, DialogueState>();
  private readonly timers = new Map<string, { turnId: string; timer: NodeJS.Timeout }>();

  constructor(
    engine: DialogueEngine,
    graceMs: number,
    onError: (error: unknown, dialogueId: string) => void,
  ) {
    this.engine = engine;
    this.graceMs = graceMs;
    this.onError = onError;
  }

  /** The halls of a dialogue whose computers are connected now. */
  handleLinks(dialogueId: string, bridgePointIds: ReadonlySet<string>): void {
    this.linked.set(dialogueId, new Set(bridgePointIds));
    this.check(dialogueId);
  }

  /** Call after each commit. */
  handleState(state: DialogueState): void {
    this.states.set(state.id, state);
    this.check(state.id);
  }

  close(): void {
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private check(dialogueId: string): void {
    const turn = this.turnOnAir(dialogueId);
    const isLost = turn !== null && !this.linked.get(dialogueId)?.has(turn.bridgePointId);
    const waiting = this.timers.get(dialogueId);
    if (waiting && (!isLost || waiting.turnId !== turn.id)) {
      clearTimeout(waiting.timer);
      this.timers.delete(dialogueId);
    }
    if (!isLost || this.timers.has(dialogueId)) return;
    const turnId = turn.id;
    const timer = setTimeout(() => this.hold(dialogueId, turnId), this.graceMs);
    this.timers.set(dialogueId, { turnId, timer });
  }

  private hold(dialogueId: string, turnId: string): void {
    this.timers.delete(dialogueId);
    this.engine
      .execute(system, {
        commandId: randomUUID(),
        dialogueId,
        name: 'floor.hold',
        payload: { turnId, reason: 'linkLost' },
      })
      .then((outcome) => {
        // A turn that ended meanwhile has nothing left to hold.
        if (!outcome.ok && outcome.error.code !== 'wrong_state') {
          throw new Error(`the turn could not be held: ${outcome.error.code}`);
        }
      })
      .catch((error: unknown) => this.onError(error, dialogueId));
  }

  private turnOnAir(dialogueId: string): { id: string; bridgePointId: string } | null {
    const state = this.states.get(dialogueId);
    const turn = state?.currentTurnId ? state.turns.get(state.currentTurnId) : undefined;
    return turn?.state === 'onAir' ? turn : null;
  }
}
