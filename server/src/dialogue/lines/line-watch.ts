import { randomUUID } from 'node:crypto';
import type { LineLoss } from '@nhip-cau/shared/model/lines';
import { system } from '../kernel/actor.ts';
import type { DialogueEngine } from '../kernel/engine.ts';
import type { DialogueState, Line } from '../kernel/state.ts';
import { systemClock, type TimerClock } from '../kernel/timer-clock.ts';
import type { HallLink } from '../stage/link-watch.ts';

/** How long one end of a voice line may be gone before it is hung up, in ms. */
export const lineGraceMs = 10_000;

/** How long after a failed try a line is tried to be hung up again, in ms. */
const retryMs = 1_000;

/** A line that rings or is open: which of its ends must be there. */
interface Call {
  readonly bridgePointId: string;
  /** When its state began, epoch ms. */
  readonly since: number;
  /** Whose page at the desk; `null`: nobody there yet. */
  readonly accountId: string | null;
  readonly needsHall: boolean;
}

/** A line that is to be hung up. */
interface Wait {
  readonly reason: LineLoss;
  readonly accountId: string | null;
  giveUp: () => void;
}

/**
 * Hangs up a private voice line of which one end is gone: no microphone stays open to nobody. An
 * end that is back within the grace keeps its line. A line that rings needs only who has rung.
 */
export class LineWatch {
  private readonly engine: DialogueEngine;
  private readonly onError: (error: unknown, dialogueId: string) => void;
  private readonly clock: TimerClock;
  private readonly links = new Map<string, ReadonlyMap<string, HallLink>>();
  private readonly desks = new Map<string, ReadonlySet<string>>();
  private readonly calls = new Map<string, ReadonlyMap<string, Call>>();
  /** By dialogue, then by bridge point. */
  private readonly waits = new Map<string, Map<string, Wait>>();
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

  /** The links of a dialogue's halls now, by `bridgePointId`; a hall without any is left out. */
  handleLinks(dialogueId: string, links: ReadonlyMap<string, HallLink>): void {
    this.links.set(dialogueId, links);
    this.check(dialogueId);
  }

  /** The accounts of which a page is open that can talk on a line. */
  handleDesks(dialogueId: string, accountIds: ReadonlySet<string>): void {
    this.desks.set(dialogueId, accountIds);
    this.check(dialogueId);
  }

  /** Call after each commit. Nothing of `state`, which later commits change, is kept. */
  handleState(state: DialogueState): void {
    const calls = new Map<string, Call>();
    for (const line of state.voiceLines.values()) {
      if (line.state !== 'idle') calls.set(line.id, callOf(line));
    }
    if (calls.size > 0) this.calls.set(state.id, calls);
    else if (!this.calls.delete(state.id)) return;
    this.check(state.id);
  }

  /** Another node watches over this dialogue from now on. */
  drop(dialogueId: string): void {
    this.calls.delete(dialogueId);
    this.check(dialogueId);
  }

  /** Commands that are still under way change nothing more. Idempotent. */
  close(): void {
    this.closed = true;
    for (const waits of this.waits.values()) for (const { giveUp } of waits.values()) giveUp();
    this.waits.clear();
  }

  private check(dialogueId: string): void {
    if (this.closed) return;
    const calls = this.calls.get(dialogueId);
    const waits = this.waits.get(dialogueId);
    for (const [bridgePointId, wait] of waits ?? []) {
      const call = calls?.get(bridgePointId);
      const reason = call && this.lossOf(dialogueId, call);
      if (reason === wait.reason && call?.accountId === wait.accountId) continue;
      wait.giveUp();
      waits!.delete(bridgePointId);
    }
    if (waits?.size === 0) this.waits.delete(dialogueId);
    for (const call of calls?.values() ?? []) this.startWait(dialogueId, call);
  }

  private startWait(dialogueId: string, call: Call): void {
    const { accountId, bridgePointId } = call;
    const reason = this.lossOf(dialogueId, call);
    const waits = this.waits.get(dialogueId) ?? new Map<string, Wait>();
    if (reason === null || waits.has(bridgePointId)) return;
    const wait: Wait = { reason, accountId, giveUp: () => {} };
    wait.giveUp = this.clock.after(lineGraceMs, () => this.end(dialogueId, bridgePointId, wait));
    this.waits.set(dialogueId, waits.set(bridgePointId, wait));
  }

  private lossOf(dialogueId: string, { accountId, bridgePointId, needsHall }: Call) {
    if (accountId !== null && !this.desks.get(dialogueId)?.has(accountId)) return 'deskGone';
    if (needsHall && !this.links.get(dialogueId)?.get(bridgePointId)?.computer) return 'hallGone';
    return null;
  }

  private end(dialogueId: string, bridgePointId: string, wait: Wait): void {
    // Answered meanwhile, it is the same talk to nobody.
    const { since } = this.calls.get(dialogueId)!.get(bridgePointId)!;
    const isOver = () => this.waits.get(dialogueId)?.get(bridgePointId) !== wait;
    this.engine
      .execute(system, {
        commandId: randomUUID(),
        dialogueId,
        name: 'line.drop',
        payload: { bridgePointId, since, reason: wait.reason },
      })
      .then((outcome) => {
        if (isOver()) return;
        // The log could not be written, or the line was just answered.
        if (!outcome.ok && ['unavailable', 'wrong_state'].includes(outcome.error.code)) {
          wait.giveUp = this.clock.after(retryMs, () => this.end(dialogueId, bridgePointId, wait));
          return;
        }
        this.waits.get(dialogueId)!.delete(bridgePointId);
        if (!outcome.ok) throw new Error(`a line could not be hung up: ${outcome.error.code}`);
      })
      .catch((error: unknown) => this.onError(error, dialogueId));
  }
}

function callOf({ id: bridgePointId, state, rungBy, accountId, since }: Line): Call {
  return { bridgePointId, since, accountId, needsHall: state === 'open' || rungBy === 'hall' };
}
