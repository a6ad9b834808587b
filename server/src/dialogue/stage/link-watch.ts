import { randomUUID } from 'node:crypto';
import { system } from '../kernel/actor.ts';
import type { DialogueEngine } from '../kernel/engine.ts';
import type { DialogueState } from '../kernel/state.ts';

/** How long the link of the hall on air may be gone before its turn is held, in ms. */
export const linkGraceMs = 5_000;

/** How long after a failed try the hold of a turn is tried again, in ms. */
const retryMs = 1_000;

/** What stands between a hall and the server now. */
export interface HallLink {
  /** Whether its computer is connected. */
  readonly computer: boolean;
  /** Whether its microphone is published and reaches the server. */
  readonly microphone: boolean;
}

/** The current turn, as far as its link matters. */
interface WatchedTurn {
  readonly turnId: string;
  readonly bridgePointId: string;
  readonly isOnAir: boolean;
  /** Whether its microphone was published at any time while it was on air. */
  hasPublished: boolean;
}

/** A turn that is to be held. */
interface Wait {
  readonly turnId: string;
  /** The same for all tries: a hold that was written after all has its effect once. */
  readonly commandId: string;
  /** The grace is over: a link that is back stops nothing any more. */
  isDue: boolean;
  timer: NodeJS.Timeout;
}

/**
 * Holds the turn of a hall whose link is gone: its microphone closes and stays closed until a
 * person resumes the turn. It never hands the floor on. A hall that published its microphone is
 * linked by that alone: another page of the hall carries no sound. The leader's hall is never held.
 * A hold that could not be written is tried until it is, also when the hall is back meanwhile:
 * its microphone must not open unasked.
 */
export class LinkWatch {
  private readonly engine: DialogueEngine;
  private readonly graceMs: number;
  private readonly onError: (error: unknown, dialogueId: string) => void;
  private readonly links = new Map<string, ReadonlyMap<string, HallLink>>();
  private readonly turns = new Map<string, WatchedTurn>();
  private readonly waits = new Map<string, Wait>();
  private closed = false;

  constructor(
    engine: DialogueEngine,
    graceMs: number,
    onError: (error: unknown, dialogueId: string) => void,
  ) {
    this.engine = engine;
    this.graceMs = graceMs;
    this.onError = onError;
  }

  /** The links of a dialogue's halls now, by `bridgePointId`; a hall without any is left out. */
  handleLinks(dialogueId: string, links: ReadonlyMap<string, HallLink>): void {
    this.links.set(dialogueId, links);
    this.check(dialogueId);
  }

  /** Call after each commit. Nothing of `state`, which later commits change, is kept. */
  handleState(state: DialogueState): void {
    const turn = state.currentTurnId === null ? undefined : state.turns.get(state.currentTurnId);
    if (turn && turn.bridgePointId !== state.dialogue?.centralBridgePointId) {
      const { id: turnId, bridgePointId } = turn;
      const before = this.turns.get(state.id);
      const hasPublished = before?.turnId === turnId && before.hasPublished;
      const isOnAir = turn.state === 'onAir';
      this.turns.set(state.id, { turnId, bridgePointId, isOnAir, hasPublished });
    } else {
      this.turns.delete(state.id);
    }
    this.check(state.id);
  }

  /** Another node watches over this dialogue from now on. */
  drop(dialogueId: string): void {
    this.turns.delete(dialogueId);
    this.check(dialogueId);
  }

  /** Commands that are still under way change nothing more. Idempotent. */
  close(): void {
    this.closed = true;
    for (const { timer } of this.waits.values()) clearTimeout(timer);
    this.waits.clear();
  }

  private check(dialogueId: string): void {
    if (this.closed) return;
    const turn = this.turns.get(dialogueId);
    const onAir = turn?.isOnAir ? turn : null;
    const lost = onAir !== null && !this.isLinked(dialogueId, onAir) ? onAir : null;
    const waiting = this.waits.get(dialogueId);
    if (waiting && waiting.turnId !== (waiting.isDue ? onAir : lost)?.turnId) {
      clearTimeout(waiting.timer);
      this.waits.delete(dialogueId);
    }
    if (lost === null || this.waits.has(dialogueId)) return;
    const wait: Wait = {
      turnId: lost.turnId,
      commandId: randomUUID(),
      isDue: false,
      timer: setTimeout(() => this.hold(dialogueId, wait), this.graceMs),
    };
    this.waits.set(dialogueId, wait);
  }

  private isLinked(dialogueId: string, turn: WatchedTurn): boolean {
    const link = this.links.get(dialogueId)?.get(turn.bridgePointId);
    if (link?.microphone) turn.hasPublished = true;
    return turn.hasPublished ? link?.microphone === true : link?.computer === true;
  }

  private hold(dialogueId: string, wait: Wait): void {
    wait.isDue = true;
    const { commandId, turnId } = wait;
    this.engine
      .execute(system, {
        commandId,
        dialogueId,
        name: 'floor.hold',
        payload: { turnId, reason: 'linkLost' },
      })
      .then((outcome) => {
        // Another commit told meanwhile that the turn is held or over, or the watch is closed.
        if (this.waits.get(dialogueId) !== wait) return;
        if (!outcome.ok && outcome.error.code === 'unavailable') {
          wait.timer = setTimeout(() => this.hold(dialogueId, wait), retryMs);
          return;
        }
        this.waits.delete(dialogueId);
        // A turn that ended meanwhile has nothing left to hold.
        if (!outcome.ok && outcome.error.code !== 'wrong_state') {
          throw new Error(`the turn could not be held: ${outcome.error.code}`);
        }
      })
      .catch((error: unknown) => {
        if (this.waits.get(dialogueId) === wait) this.waits.delete(dialogueId);
        this.onError(error, dialogueId);
      });
  }
}
