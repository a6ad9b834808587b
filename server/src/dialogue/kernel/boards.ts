import type { Audience } from '@nhip-cau/shared/model/audience';
import type { Delivery, Put } from '@nhip-cau/shared/protocol/facts';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import { copyJson, sameJson } from './json.ts';
import type { View } from './project.ts';

interface Place {
  seq: number;
  /** The thing's name on its board. */
  readonly key: string;
  /** A copy that nobody changes; its value is `null` when the thing was taken away. */
  readonly put: Put;
}

interface Board {
  readonly places: Map<string, Place>;
  /** The number of the last delivery; `null` before the first one. */
  head: number | null;
}

/** By audience: what there is to tell. */
export type Changes = Map<Audience, { board: Board | null; news: News }>;

/** With more things than this they are found by an index. */
const fewThings = 8;

/** What is new on one board, each thing once. Mostly one thing: then it is little more than that. */
class News {
  places: Place[] = [];
  private index: Map<string, number> | null = null;

  set(place: Place): void {
    const at = this.find(place.key);
    if (at >= 0) this.places[at] = place;
    else {
      this.index?.set(place.key, this.places.length);
      this.places.push(place);
    }
  }

  delete(key: string): void {
    const at = this.find(key);
    if (at < 0) return;
    this.places.splice(at, 1);
    this.index = null;
  }

  private find(key: string): number {
    if (this.places.length <= fewThings) {
      return this.places.findIndex((place) => place.key === key);
    }
    this.index ??= new Map(this.places.map((place, at) => [place.key, at]));
    return this.index.get(key) ?? -1;
  }
}

/**
 * What each audience has been told, thing by thing, with the log's number at which it last
 * changed. Live deliveries and catching up read the same board, so they cannot differ.
 */
export class Boards {
  private readonly boards = new Map<Audience, Board>();
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
    let last: View | null = null;
    let key = '';
    for (const view of views) {
      const { audience, collection, id, value } = view;
      // One thing is seen by several audiences, one after another.
      if (last?.id !== id || last.collection !== collection) key = `${collection}:${id}`;
      last = view;
      const change = changes.get(audience);
      const board = change ? change.board : (this.boards.get(audience) ?? null);
      const told = board?.places.get(key)?.put.value ?? null;
      if (sameJson(told, value)) {
        change?.news.delete(key);
        continue;
      }
      const place = { seq: 0, key, put: { collection, id, value: copyJson(value) } };
      const news = change ? change.news : new News();
      news.set(place);
      if (!change) changes.set(audience, { board, news });
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
    for (const [audience, change] of changes) {
      const { places } = change.news;
      if (places.length === 0) continue;
      const board = change.board ?? this.boardOf(audience);
      place(board, places, seq);
      const prev = board.head ?? this.restoredAt;
      board.head = seq;
      deliveries.push({ dialogueId, audience, seq, prev, puts: places.map(({ put }) => put) });
    }
    return deliveries;
  }

  /** Sets up the boards from a log that was read up to `seq`. */
  restore(seq: number, views: Iterable<View>): void {
    this.latest = seq;
    this.restoredAt = seq;
    for (const [audience, { news }] of this.compare(views)) {
      place(this.boardOf(audience), news.places, seq);
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
      this.boardOf(audience).head = puts.length > 0 ? seq : prev;
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
    for (const place of board?.places.values() ?? []) {
      if (full ? place.put.value !== null : place.seq > cursor) puts.push(place.put);
    }
    return { audience, seq, full, puts };
  }

  private differences(audience: Audience, former: Board | undefined, seq: number): Put[] {
    const puts: Put[] = [];
    const { places } = this.boardOf(audience);
    for (const [key, place] of places) {
      const before = former?.places.get(key);
      const isTold = sameJson(before?.put.value ?? null, place.put.value);
      place.seq = isTold && before ? before.seq : seq;
      if (!isTold) puts.push(place.put);
    }
    for (const [key, before] of former?.places ?? []) {
      if (places.has(key)) continue;
      const gone = { ...before.put, value: null };
      const isTold = before.put.value === null;
      places.set(key, { seq: isTold ? before.seq : seq, key, put: gone });
      if (!isTold) puts.push(gone);
    }
    return puts;
  }

  private headOf(audience: Audience): number {
    return this.boards.get(audience)?.head ?? this.restoredAt;
  }

  private boardOf(audience: Audience): Board {
    let board = this.boards.get(audience);
    if (!board) this.boards.set(audience, (board = { places: new Map(), head: null }));
    return board;
  }
}

function place({ places: told }: Board, places: readonly Place[], seq: number): void {
  for (const place of places) {
    place.seq = seq;
    // A new value goes behind the others, so that `since` gives them in the order of their change.
    told.delete(place.key);
    told.set(place.key, place);
  }
}
