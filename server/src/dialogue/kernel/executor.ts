import { randomUUID } from 'node:crypto';
import type { CommandEnvelope, CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { Actor } from './actor.ts';
import type { Boards } from './boards.ts';
import { randomCode } from './codes.ts';
import type { DialogueEngine } from './engine.ts';
import { Lane, type LaneDependencies } from './lane.ts';
import type { Commit, Journal, Outlet } from './ports.ts';
import type { DialogueState } from './state.ts';

/**
 * Why a command must not reach its dialogue, for a reason that is not in the dialogue's log; `null`
 * when there is none. Not a promise for what is none of its business: that goes on at once.
 */
export type Objection = (
  actor: Actor,
  envelope: CommandEnvelope,
) => Promise<ProtocolError | null> | null;

/** Told after each commit; must not throw. */
export type CommitListener = (state: DialogueState) => void;

export interface EngineOptions {
  journal: Journal;
  outlet: Outlet;
  /** Commands that may share one transaction. */
  maxBatch?: number;
  now?: () => number;
  objection?: Objection;
  /** An error that no refusal explains, for the log. */
  onError: (error: unknown, dialogueId: string) => void;
  /** Commands committed together, for the metrics. */
  onBatch?: (commands: number) => void;
  /** Each commit of this node, before the state that it made is told; must not throw. */
  onWritten?: (commit: Commit) => void;
}

/** Runs every dialogue of this node, each in its own lane. */
export class Engine implements DialogueEngine {
  private readonly lanes = new Map<string, Lane>();
  private readonly listeners: CommitListener[] = [];
  private readonly dependencies: LaneDependencies;
  private readonly objection: Objection;

  constructor(options: EngineOptions) {
    this.objection = options.objection ?? (() => null);
    this.dependencies = {
      journal: options.journal,
      outlet: options.outlet,
      maxBatch: options.maxBatch ?? 1_000,
      now: options.now ?? Date.now,
      newId: randomUUID,
      newCode: randomCode,
      onError: options.onError,
      onBatch: options.onBatch ?? (() => {}),
      onWritten: options.onWritten ?? (() => {}),
      onCommitted: (state) => {
        for (const listener of this.listeners) listener(state);
      },
    };
  }

  onCommitted(listener: CommitListener): void {
    this.listeners.push(listener);
  }

  execute(actor: Actor, envelope: CommandEnvelope): Promise<CommandOutcome> {
    const asked = this.objection(actor, envelope);
    if (asked === null) return this.lane(envelope.dialogueId).execute(actor, envelope);
    return asked.then(
      (error) =>
        error === null
          ? this.lane(envelope.dialogueId).execute(actor, envelope)
          : { ok: false, error },
      (error: unknown) => {
        this.dependencies.onError(error, envelope.dialogueId);
        return { ok: false, error: { code: 'unavailable' } };
      },
    );
  }

  async read(dialogueId: string): Promise<DialogueState | null> {
    const lane = this.lane(dialogueId);
    const { state } = await lane.committed();
    if (state.dialogue !== null) return state;
    // Guessed numbers must not fill the memory.
    if (lane.isIdleSince(Infinity)) this.lanes.delete(dialogueId);
    return null;
  }

  /** Dialogues in memory. */
  get size(): number {
    return this.lanes.size;
  }

  /** Their ids. */
  dialogueIds(): string[] {
    return [...this.lanes.keys()];
  }

  /** Another node has written to that log up to `seq`. */
  follow(dialogueId: string, seq: number): void {
    this.lanes.get(dialogueId)?.follow(seq);
  }

  /**
   * Resolves when what any node has committed before this call is in memory here, if it can be
   * read: for who comes from another node and must find what they have seen there.
   */
  async refresh(dialogueId: string): Promise<void> {
    await this.lane(dialogueId).refresh();
  }

  /** What each audience was told so far. Read it at once: a later commit changes it. */
  async boards(dialogueId: string): Promise<Boards> {
    return this.lane(dialogueId).told();
  }

  /**
   * Forgets dialogues that nobody watches and nobody has asked about for `idleMs`; the log brings
   * them back. Call it now and then.
   */
  sweep(idleMs: number, isWatched: (dialogueId: string) => boolean): void {
    const time = this.dependencies.now() - idleMs;
    for (const [dialogueId, lane] of this.lanes) {
      if (lane.isIdleSince(time) && !isWatched(dialogueId)) this.lanes.delete(dialogueId);
    }
  }

  /** Resolves when every command taken so far is answered. New ones are refused. */
  async close(): Promise<void> {
    await Promise.all([...this.lanes.values()].map((lane) => lane.close()));
  }

  private lane(dialogueId: string): Lane {
    let lane = this.lanes.get(dialogueId);
    if (!lane) {
      lane = new Lane(dialogueId, this.dependencies);
      this.lanes.set(dialogueId, lane);
    }
    return lane;
  }
}
