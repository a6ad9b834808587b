import type { BoardName } from '@nhip-cau/shared/protocol/facts';
import type { ShelfStorage } from './outbox-shelf.ts';
import type { BoardMaps } from './replica.ts';

type AnyBoard = Readonly<Record<string, Map<string, unknown>>>;

interface Snapshot {
  /** Epoch ms of the last sign of life behind it. */
  at: number;
  facts: { [collection: string]: [id: string, fact: unknown][] };
}

type Kept = readonly { board: BoardName; collection: string }[];

/**
 * A copy of some collections in the browser's storage, so that a page opened again without a line shows
 * what it last knew. It has no cursors: the first `sync` replaces it whole.
 */
export class BoardShelf {
  private readonly storage: ShelfStorage;
  private readonly key: string;
  private readonly kept: Kept;
  private last = '';

  /** `scope` names whose boards they are, of which dialogue. */
  constructor(storage: ShelfStorage, scope: string, kept: Kept) {
    this.storage = storage;
    this.key = `nhip-cau.boards:${scope}`;
    this.kept = kept;
  }

  /** Keeps the boards as they were at `at`; nothing is written when they are the same still. */
  save(maps: BoardMaps, at: number): void {
    const facts: Snapshot['facts'] = {};
    for (const { board, collection } of this.kept) {
      const map = (maps[board] as AnyBoard)[collection];
      if (map) facts[`${board}.${collection}`] = [...map];
    }
    const json = JSON.stringify({ at, facts } satisfies Snapshot);
    if (json === this.last) return;
    try {
      this.storage.setItem(this.key, json);
      this.last = json;
    } catch {
      // No room, or refused: then the view lasts as long as the page.
    }
  }

  /** Fills the maps with what was kept; returns its time, `null` when there is nothing. */
  load(maps: BoardMaps): number | null {
    const snapshot = parse(this.storage.getItem(this.key));
    if (snapshot === null) return null;
    for (const { board, collection } of this.kept) {
      const map = (maps[board] as AnyBoard)[collection];
      for (const [id, fact] of snapshot.facts[`${board}.${collection}`] ?? []) map?.set(id, fact);
    }
    return snapshot.at;
  }

  clear(): void {
    this.last = '';
    this.storage.removeItem(this.key);
  }
}

const saveEveryMs = 10_000;

/**
 * Saves the boards while the page lives, and once more when it is left. `at` is the time of the
 * last sign of life, 0 before there was one. Returns how to stop.
 */
export function keepBoards(shelf: BoardShelf, maps: BoardMaps, at: () => number): () => void {
  const save = () => {
    if (at() > 0) shelf.save(maps, at());
  };
  const timer = setInterval(save, saveEveryMs);
  globalThis.addEventListener('pagehide', save);
  let isKept = true;
  return () => {
    if (!isKept) return;
    isKept = false;
    save();
    clearInterval(timer);
    globalThis.removeEventListener('pagehide', save);
  };
}

function parse(json: string | null): Snapshot | null {
  try {
    const value = JSON.parse(json ?? 'null') as Partial<Snapshot> | null;
    return typeof value?.at === 'number' && value.facts ? (value as Snapshot) : null;
  } catch {
    return null;
  }
}
