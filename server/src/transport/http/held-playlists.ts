import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The newest of what a player asks for; `part` from 0, `null`: the whole segment. */
export interface Wanted {
  sequence: number;
  part: number | null;
}

/** How far a live playlist has come. */
interface Edge {
  /** The media sequence number of the segment that is not whole yet. */
  next: number;
  /** Its parts, and those of the one before it. */
  parts: number;
  partsBefore: number;
  isEnded: boolean;
}

/** Where a playlist for servers that hold requests stands, in the folder of its broadcast. */
const heldName = 'held.m3u8';
/** How often a file is looked at for which somebody waits, in ms: it may be another node's. */
const lookMs = 40;
/** RFC 8216bis §6.2.5.2: three target durations, in ms. */
const longestMs = 3_000;

export function edgeOf(text: string): Edge {
  const edge: Edge = { next: 0, parts: 0, partsBefore: 0, isEnded: false };
  for (const line of text.split('\n')) {
    if (line.startsWith('#EXT-X-MEDIA-SEQUENCE:')) edge.next = Number(line.split(':')[1]);
    else if (line.startsWith('#EXT-X-PART:')) edge.parts += 1;
    else if (line.startsWith('#EXTINF:')) {
      edge.next += 1;
      edge.partsBefore = edge.parts;
      edge.parts = 0;
    } else if (line === '#EXT-X-ENDLIST') edge.isEnded = true;
  }
  return edge;
}

/**
 * Whether it has come that far (§6.2.5.2): a part that its segment does not have is the first one of
 * the next. Whoever waits for what has ended waits for nothing.
 */
export function hasCome({ next, parts, partsBefore, isEnded }: Edge, wanted: Wanted): boolean {
  const { sequence, part } = wanted;
  if (isEnded || sequence < next - 1) return true;
  if (part === null) return sequence < next;
  return sequence < next ? part < partsBefore || parts > 0 : sequence === next && part < parts;
}

/** More than a segment ahead of what there can be: the request is wrong. */
export const isTooFar = ({ next, isEnded }: Edge, { sequence }: Wanted): boolean =>
  !isEnded && sequence > next + 1;

interface Waiting {
  isServed: (text: string | null) => boolean;
  resolve: (text: string | null) => void;
}

/** Live playlists as they stand on the disk, for requests that wait until they have come further. */
export class HeldPlaylists {
  private readonly dir: string;
  private readonly waiting = new Map<string, Set<Waiting>>();

  /** `dir`: where the broadcasts are. */
  constructor(dir: string) {
    this.dir = dir;
  }

  /** The text as it stands; `null` where there is none. */
  read(code: string): Promise<string | null> {
    return readFile(join(this.dir, code, heldName), 'utf8').catch(() => null);
  }

  /** Resolves once it has what is wanted, or is gone: `null`. Rejects with `Late` after 3 s. */
  await(code: string, wanted: Wanted): Promise<string | null> {
    return this.wait(code, (text) => hasCome(edgeOf(text), wanted));
  }

  /** Resolves once this part, where it is the one that comes next, is there or will never be. */
  async awaitPart(code: string, name: string): Promise<void> {
    const isNext = (text: string) => text.includes(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${name}"`);
    await this.wait(code, (text) => !isNext(text));
  }

  private wait(code: string, isServed: (text: string) => boolean): Promise<string | null> {
    return new Promise((resolve, reject) => {
      const known = this.waiting.get(code);
      const all = known ?? new Set();
      const giveUp = setTimeout(() => {
        all.delete(one);
        reject(new Late());
      }, longestMs).unref();
      const one: Waiting = {
        isServed: (text) => text === null || isServed(text),
        resolve: (text) => {
          clearTimeout(giveUp);
          resolve(text);
        },
      };
      all.add(one);
      this.waiting.set(code, all);
      if (!known) void this.look(code, all);
    });
  }

  /** Looks until nobody waits. */
  private async look(code: string, all: Set<Waiting>): Promise<void> {
    const text = await this.read(code);
    for (const one of all) {
      if (!one.isServed(text)) continue;
      all.delete(one);
      one.resolve(text);
    }
    if (all.size === 0) this.waiting.delete(code);
    else setTimeout(() => void this.look(code, all), lookMs).unref();
  }
}

/** What was waited for has not come in time. */
export class Late extends Error {
  constructor() {
    super('the broadcast has come no further');
    this.name = 'Late';
  }
}
