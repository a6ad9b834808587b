import type { BoardName, Boards, Delivery, Put } from '@nhip-cau/shared/protocol/facts';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';

/** Where the facts of each board are kept, by collection and id; a reactive map serves as well. */
export type BoardMaps = {
  readonly [Name in BoardName]: {
    readonly [Collection in keyof Boards[Name]]: Map<string, Boards[Name][Collection]>;
  };
};

type AnyBoard = Readonly<Record<string, Map<string, unknown>>>;

/**
 * A client's copy of the boards it may read, complete up to its cursors. It knows when it has
 * missed something: a delivery that continues from further than its cursor waits here until the
 * answer to `sync` has closed the gap.
 */
export class Replica {
  private readonly maps: BoardMaps;
  private readonly seqs = new Map<string, number>();
  private waiting: Delivery[] = [];
  private syncing = false;

  constructor(maps: BoardMaps) {
    this.maps = maps;
  }

  /** The newest `seq` had of each audience, as `sync` asks for it. */
  cursors(): Record<string, number> {
    return Object.fromEntries(this.seqs);
  }

  /** A `sync` is asked for: what arrives until its answer is applied after it. */
  beginSync(): void {
    this.syncing = true;
    this.waiting = [];
  }

  /** Takes a delivery in; `gap`: something before it is missing, ask `sync`. */
  handleDelivery(delivery: Delivery): 'applied' | 'known' | 'waiting' | 'gap' {
    if (this.syncing) {
      this.waiting.push(delivery);
      return 'waiting';
    }
    return this.take(delivery);
  }

  /** Takes the answer in; `gap`: a delivery that came meanwhile does not join on to it. */
  handleSynced(audiences: readonly SyncedAudience[]): 'current' | 'gap' {
    this.syncing = false;
    this.forgetOthers(audiences);
    for (const { audience, seq, full, puts } of audiences) {
      const board = this.boardOf(audience);
      if (full) keepOnly(board, puts);
      apply(board, puts);
      this.seqs.set(audience, seq);
    }
    const waiting = this.waiting;
    this.waiting = [];
    const gap = waiting.filter((delivery) => this.take(delivery) === 'gap').length > 0;
    return gap ? 'gap' : 'current';
  }

  clear(): void {
    this.seqs.clear();
    this.waiting = [];
    this.syncing = false;
    for (const board of Object.values(this.maps)) clear(board);
  }

  private take(delivery: Delivery): 'applied' | 'known' | 'gap' {
    const cursor = this.seqs.get(delivery.audience);
    if (cursor === undefined || delivery.prev > cursor) return 'gap';
    if (delivery.seq <= cursor) return 'known';
    apply(this.boardOf(delivery.audience), delivery.puts);
    this.seqs.set(delivery.audience, delivery.seq);
    return 'applied';
  }

  /** Audiences that the answer no longer names are no longer this client's to read. */
  private forgetOthers(audiences: readonly SyncedAudience[]): void {
    const named = new Set<string>(audiences.map(({ audience }) => audience));
    for (const audience of [...this.seqs.keys()]) {
      if (named.has(audience)) continue;
      clear(this.boardOf(audience));
      this.seqs.delete(audience);
    }
  }

  private boardOf(audience: string): AnyBoard {
    return (this.maps[audience.split(':', 1)[0] as BoardName] as AnyBoard | undefined) ?? {};
  }
}

// What this version does not know is left out: a page may be older than the server.
function apply(board: AnyBoard, puts: readonly Put[]): void {
  for (const { collection, id, value } of puts) {
    if (value === null) board[collection]?.delete(id);
    else board[collection]?.set(id, value);
  }
}

function keepOnly(board: AnyBoard, puts: readonly Put[]): void {
  const kept = new Set(puts.map(({ collection, id }) => `${collection}:${id}`));
  for (const [collection, map] of Object.entries(board)) {
    for (const id of [...map.keys()]) if (!kept.has(`${collection}:${id}`)) map.delete(id);
  }
}

function clear(board: AnyBoard): void {
  for (const map of Object.values(board)) map.clear();
}
