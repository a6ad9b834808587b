import type { Audience } from '@nhip-cau/shared/model/audience';
import type { Delivery, Put } from '@nhip-cau/shared/protocol/facts';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import { copyJson, sameJson } from './json.ts';
import type { View } from './project.ts';

interface Place {
  seq: number;
  /** A copy that nobody changes; its value is `null` when the thing was taken away. */
  put: Put;
}

/** By audience and thing: what there is to tell. */
export type Changes = Map<Audience, Map<string, Put>>;

/**
 * What each audience has been told, thing by thing, with the log's number at which it last
 * changed. Live deliveries and catching up read the same board, so they cannot differ.
 */
export class Boards {
  private readonly boards = new Map<Audience, Map<string, Place>>();
  private readonly heads = new Map<Audience, number>();
  /** The log's last number that these boards know of. */
  private latest = 0;
  /**
   * The log's last number when they were read from it. What changed before is not known thing by
   * thing (a place in the queue moves with its neighbours): who comes from before gets it all.
   */
  private restoredAt = 0;

  /** What of these views is new to somebody; the last one of a thing counts. Changes nothing. */
  compare(views: Iterable<View>): Changes {
    const changes: Changes = new Map();
    for (const { audience, collection, id, value } of views) {
      const key = `${collection}:${id}`;
      const puts = changes.get(audience);
      const told = this.boards.get(audience)?.get(key)?.put.value ?? null;
      if (sameJson(told, value)) {
        puts?.delete(key);
        continue;
      }
      const put = { collection, id, value: copyJson(value) };
      if (puts) puts.set(key, put);
      else changes.set(audience, new Map([[key, put]]));
    }
    return changes;
  }

  /**
   * Takes in what one commit, whose last entry is `seq`, has changed, and returns what to deliver:
   * at most one delivery an audience.
   */
  apply(dialogueId: string, seq: number, changes: Changes): Delivery[] {
    const deliveries: Delivery[] = [];
    this.latest = seq;
    for (const [audience, puts] of changes) {
      if (puts.size === 0) continue;
      this.place(audience, puts, seq);
      const prev = this.headOf(audience);
      this.heads.set(audience, seq);
      deliveries.push({ dialogueId, audience, seq, prev, puts: [...puts.values()] });
    }
    return deliveries;
  }

  /** Sets up the boards from a log that was read up to `seq`. */
  restore(seq: number, views: Iterable<View>): void {
    this.latest = seq;
    this.restoredAt = seq;
    for (const [audience, puts] of this.compare(views)) this.place(audience, puts, seq);
  }

  /**
   * Takes over from boards whose commit has an unknown end: the log was read anew up to `seq`.
   * Returns what the audiences were not told of it, each delivery after the last one they heard.
   */
  inherit(dialogueId: string, seq: number, former: Boards): Delivery[] {
    const deliveries: Delivery[] = [];
    for (const audience of new Set([...former.boards.keys(), ...this.boards.keys()])) {
      const prev = former.headOf(audience);
      const puts = this.differences(audience, former.boards.get(audience), seq);
      this.heads.set(audience, puts.length > 0 ? seq : prev);
      if (puts.length > 0) deliveries.push({ dialogueId, audience, seq, prev, puts });
    }
    this.latest = Math.max(seq, former.latest);
    this.restoredAt = former.restoredAt;
    return deliveries;
  }

  /** What `audience` has not seen since `cursor`; all of it without one. */
  since(audience: Audience, cursor: number | undefined): SyncedAudience {
    const board = this.boards.get(audience);
    const seq = this.headOf(audience);
    const full = cursor === undefined || cursor < this.restoredAt || cursor > this.latest;
    const puts: Put[] = [];
    for (const place of board?.values() ?? []) {
      if (full ? place.put.value !== null : place.seq > cursor) puts.push(place.put);
    }
    return { audience, seq, full, puts };
  }

  private differences(
    audience: Audience,
    former: ReadonlyMap<string, Place> | undefined,
    seq: number,
  ): Put[] {
    const puts: Put[] = [];
    const board = this.boards.get(audience) ?? new Map<string, Place>();
    this.boards.set(audience, board);
    for (const [key, place] of board) {
      const before = former?.get(key);
      const isTold = sameJson(before?.put.value ?? null, place.put.value);
      place.seq = isTold && before ? before.seq : seq;
      if (!isTold) puts.push(place.put);
    }
    for (const [key, before] of former ?? []) {
      if (board.has(key)) continue;
      const gone = { ...before.put, value: null };
      const isTold = before.put.value === null;
      board.set(key, { seq: isTold ? before.seq : seq, put: gone });
      if (!isTold) puts.push(gone);
    }
    return puts;
  }

  private headOf(audience: Audience): number {
    return this.heads.get(audience) ?? this.restoredAt;
  }

  private place(audience: Audience, puts: ReadonlyMap<string, Put>, seq: number): void {
    let board = this.boards.get(audience);
    if (!board) this.boards.set(audience, (board = new Map()));
    for (const [key, put] of puts) {
      // A new value goes behind the others, so that `since` gives them in the order of their change.
      board.delete(key);
      board.set(key, { seq, put });
    }
  }
}
