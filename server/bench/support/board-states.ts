import { createHash } from 'node:crypto';
import type { Put } from '@nhip-cau/shared/protocol/facts';

/** What a message does to a board, as a delivery or a part of an answer to `sync` says it. */
export interface BoardChange {
  seq: number;
  /** Of a delivery: what it continues from. */
  prev?: number;
  /** Of an answer: its puts are all there is. */
  full?: boolean;
  puts: Put[];
}

interface State {
  seq: number;
  /** By `collection:id`. */
  values: ReadonlyMap<string, unknown>;
  next: Map<string, number>;
}

/** The number of the board that nothing was put on. */
export const emptyBoard = 0;
/** A message that does not join on: something before it is missing. */
export const gap = -1;

/**
 * The boards that thousands of clients hold, each kept once. What a message makes of a board is
 * worked out for the first client and looked up for the others, so that the whole content of every
 * client can be followed and compared.
 */
export class BoardStates {
  private readonly states: State[] = [{ seq: -1, values: new Map(), next: new Map() }];
  private readonly known = new Map<string, number>();

  /** The board after the message, by its number; `key` tells messages apart. */
  after(state: number, key: string, change: () => BoardChange): number {
    const from = this.states[state]!;
    const known = from.next.get(key);
    if (known !== undefined) return known;
    const result = this.apply(from, state, change());
    from.next.set(key, result);
    return result;
  }

  seqOf(state: number): number {
    return this.states[state]!.seq;
  }

  /** The same for the same content at the same place of the log, in whatever process. */
  digestOf(state: number): string {
    const { seq, values } = this.states[state]!;
    const sorted = [...values].sort(([one], [other]) => (one < other ? -1 : 1));
    return createHash('sha256')
      .update(JSON.stringify([seq, sorted]))
      .digest('hex');
  }

  private apply(from: State, state: number, { seq, prev, full, puts }: BoardChange): number {
    if (prev !== undefined && seq <= from.seq) return state;
    if (prev !== undefined && prev > from.seq) return gap;
    const values = new Map(full ? [] : from.values);
    for (const { collection, id, value } of puts) {
      if (value === null) values.delete(`${collection}:${id}`);
      else values.set(`${collection}:${id}`, value);
    }
    const number = this.states.push({ seq, values, next: new Map() }) - 1;
    const digest = this.digestOf(number);
    const same = this.known.get(digest);
    if (same !== undefined) {
      this.states.pop();
      return same;
    }
    this.known.set(digest, number);
    return number;
  }
}
