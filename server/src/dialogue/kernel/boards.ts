import type { Audience } from '@nhip-cau/shared/model/audience';
import type { Delivery, Put } from '@nhip-cau/shared/protocol/facts';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import type { View } from './project.ts';

interface Place {
  seq: number;
  /** The value as JSON, to tell a change from a repetition; `null` when it was taken away. */
  json: string | null;
  put: Put;
}

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

  /**
   * Takes in the views of one commit, whose last entry is `seq`, and returns what to deliver: at
   * most one delivery an audience, only what changed.
   */
  update(dialogueId: string, seq: number, views: Iterable<View>): Delivery[] {
    const changed = new Map<Audience, Map<string, Put>>();
    this.latest = seq;
    for (const view of views) {
      const put: Put = { collection: view.collection, id: view.id, value: view.value };
      if (!this.place(view.audience, put, seq)) continue;
      const puts = changed.get(view.audience) ?? new Map<string, Put>();
      puts.set(`${put.collection}:${put.id}`, put);
      changed.set(view.audience, puts);
    }
    return [...changed].map(([audience, puts]) => {
      const prev = this.headOf(audience);
      this.heads.set(audience, seq);
      return { dialogueId, audience, seq, prev, puts: [...puts.values()] };
    });
  }

  /** Sets up the boards from a log that was read up to `seq`. */
  restore(seq: number, views: Iterable<View>): void {
    this.latest = seq;
    this.restoredAt = seq;
    for (const { audience, collection, id, value } of views) {
      this.place(audience, { collection, id, value }, seq);
    }
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
      if (full ? place.json !== null : place.seq > cursor) puts.push(place.put);
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
      const isTold = (before?.json ?? null) === place.json;
      place.seq = isTold && before ? before.seq : seq;
      if (!isTold) puts.push(place.put);
    }
    for (const [key, before] of former ?? []) {
      if (board.has(key)) continue;
      const gone = { ...before.put, value: null };
      const isTold = before.json === null;
      board.set(key, { seq: isTold ? before.seq : seq, json: null, put: gone });
      if (!isTold) puts.push(gone);
    }
    return puts;
  }

  private headOf(audience: Audience): number {
    return this.heads.get(audience) ?? this.restoredAt;
  }

  private place(audience: Audience, put: Put, seq: number): boolean {
    const board = this.boards.get(audience) ?? new Map<string, Place>();
    this.boards.set(audience, board);
    const key = `${put.collection}:${put.id}`;
    const json = put.value === null ? null : JSON.stringify(put.value);
    const before = board.get(key);
    if (before ? before.json === json : json === null) return false;
    // A new value goes behind the others, so that `since` gives them in the order of their change.
    board.delete(key);
    board.set(key, { seq, json, put: { ...put, value: json === null ? null : JSON.parse(json) } });
    return true;
  }
}
