import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { handsBeside } from '../hands/project.ts';
import { Counts } from '../questions/counts.ts';
import { allPartsOf } from '../questions/merged.ts';
import { replan } from '../questions/plan.ts';
import { projectPlan } from '../questions/project.ts';
import { projectStage } from '../stage/project.ts';
import { Boards, type Changes } from './boards.ts';
import type { LogEntry } from './entries.ts';
import { applyEntry, viewsOf } from './features.ts';
import type { Commit } from './ports.ts';
import type { View } from './project.ts';
import { DialogueState, type Kind } from './state.ts';

/** A dialogue in memory: its state, folded from the log, and what each audience was told of it. */
export class Aggregate {
  readonly state: DialogueState;
  readonly boards = new Boards();
  private readonly counts = new Counts();

  constructor(dialogueId: string) {
    this.state = new DialogueState(dialogueId);
  }

  /** Folds a log that is already durable, from its beginning, and sets up the boards. */
  restore(entries: readonly LogEntry[]): void {
    const { state } = this;
    for (const entry of entries) applyEntry(state, entry);
    if (state.dialogue === null) return;
    const touched = this.drain();
    this.counts.update(state, touched);
    replan(state);
    const views = touched.flatMap(({ kind, id }) => viewsOf(state, kind, id));
    this.boards.restore(state.seq, [...views, ...projectPlan(state, []), ...this.derivedViews()]);
  }

  /** Folds an entry that is about to be written. */
  apply(entry: LogEntry): void {
    applyEntry(this.state, entry);
  }

  /** The rows that changed since the last call. */
  changedRows(): { touched: { kind: Kind; id: string }[] } & Pick<Commit, 'rows' | 'removed'> {
    const touched = this.drain();
    const rows: Partial<Record<Kind, object[]>> = {};
    const removed: Commit['removed'] = [];
    for (const { kind, id } of touched) {
      const row = this.state.row(kind, id);
      if (row === undefined) removed.push({ kind, id });
      else (rows[kind] ??= []).push(row);
    }
    return { touched, rows: rows as Commit['rows'], removed };
  }

  /** What the commit will change for each audience; to be called before it is known to stand. */
  compare(touched: readonly { kind: Kind; id: string }[]): Changes {
    const { state } = this;
    this.counts.update(state, touched);
    const changed = new Map<Kind, Set<string>>();
    const add = (kind: Kind, id: string) => {
      const ids = changed.get(kind);
      if (ids) ids.add(id);
      else changed.set(kind, new Set([id]));
    };
    for (const { kind, id } of touched) add(kind, id);
    const { plan } = state;
    for (const id of replan(state)) add('question', id);
    // What follows from a row without being a part of it.
    for (const id of changed.get('question') ?? []) {
      for (const part of allPartsOf(state, id)) add('question', part.id);
    }
    for (const id of changed.get('hand') ?? []) {
      const hand = state.hands.get(id);
      if (!hand) continue;
      add('bridgePoint', hand.bridgePointId);
      for (const beside of handsBeside(state, hand)) add('hand', beside);
    }
    return this.boards.compare(this.views(changed, plan));
  }

  /** Row by row: of the views of thousands of rows only what is new stays in memory. */
  private *views(
    changed: ReadonlyMap<Kind, ReadonlySet<string>>,
    former: DialogueState['plan'],
  ): Iterable<View> {
    const { state } = this;
    for (const [kind, ids] of changed) {
      for (const id of ids) yield* viewsOf(state, kind, id);
    }
    if (state.plan !== former) yield* projectPlan(state, former);
    if (state.dialogue) yield* this.derivedViews();
  }

  /** After the commit: what each audience is to be told. */
  publish(changes: Changes): Delivery[] {
    return this.boards.apply(this.state.id, this.state.seq, changes);
  }

  private derivedViews(): View[] {
    const { id } = this.state;
    const counts = this.counts.fact();
    return [
      { audience: 'everyone', collection: 'stage', id, value: projectStage(this.state) },
      { audience: 'desk', collection: 'counts', id, value: counts },
      { audience: 'host', collection: 'counts', id, value: counts },
    ];
  }

  private drain(): { kind: Kind; id: string }[] {
    const touched: { kind: Kind; id: string }[] = [];
    for (const [kind, ids] of this.state.touched) {
      for (const id of ids) touched.push({ kind, id });
    }
    this.state.touched.clear();
    return touched;
  }
}
