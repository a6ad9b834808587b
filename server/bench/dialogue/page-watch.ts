import type { Page } from 'playwright-core';
import type { Spell } from '../../load/media/spells.ts';

/** What a page received and showed since it was opened. */
export interface Watched {
  /** For how long pictures came, in seconds. */
  readonly seconds: number;
  readonly framesDecoded: number;
  readonly freezes: number;
  readonly freezeSeconds: number;
  /** Of pictures and sound. */
  readonly packetsLost: number;
  readonly packetsReceived: number;
  /** When the pictures of each name were shown. */
  readonly spells: readonly Spell[];
}

/** As much of a page's `window` as is touched here. */
interface PageWindow {
  RTCPeerConnection: new (...args: unknown[]) => Peer;
  document: unknown;
  MutationObserver: new (seen: (changes: { addedNodes: Iterable<unknown> }[]) => void) => {
    observe(target: unknown, options: object): void;
  };
  HTMLElement: new () => Element;
  takeWatched(): Promise<Watched>;
}
interface Element {
  tagName: string;
  querySelectorAll(selector: string): Iterable<Element>;
  getAttribute(name: string): string | null;
  requestVideoFrameCallback(shown: () => void): void;
}
interface Peer {
  getStats(): Promise<Map<string, Stat>>;
}
interface Stat {
  readonly id: string;
  readonly type: string;
  readonly ssrc?: number;
  readonly trackIdentifier?: string;
  readonly framesDecoded?: number;
  readonly freezeCount?: number;
  readonly totalFreezesDuration?: number;
  readonly packetsLost?: number;
  readonly packetsReceived?: number;
}
type Counted = Pick<
  Watched,
  'framesDecoded' | 'freezes' | 'freezeSeconds' | 'packetsLost' | 'packetsReceived'
>;

/**
 * Runs in the page before its own scripts: keeps what its connections count, also of streams that
 * are gone, and notes when each video element shows pictures, by its label. What is further apart
 * than `gapMs` is two spells.
 */
export function installPageWatch(gapMs: number): void {
  const page = globalThis as unknown as PageWindow;
  const countEveryMs = 2_000;
  const peers: Peer[] = [];
  const counted = new Map<string, Counted>();
  const spells: { of: string; from: number; to: number; count: number }[] = [];
  const current = new Map<string, (typeof spells)[number]>();
  const seen = new WeakSet<Element>();
  let pictures = { from: 0, to: 0 };

  const Original = page.RTCPeerConnection;
  page.RTCPeerConnection = class extends Original {
    constructor(...args: unknown[]) {
      super(...args);
      peers.push(this);
    }
  };
  const count = async () => {
    for (const [index, peer] of peers.entries()) {
      const stats = await peer.getStats().catch(() => new Map<string, Stat>());
      for (const stat of stats.values()) {
        // The packets by which the SFU probes the line belong to no stream.
        if (stat.type !== 'inbound-rtp' || stat.trackIdentifier === 'probator') continue;
        counted.set(`${index} ${stat.id} ${stat.ssrc}`, {
          framesDecoded: stat.framesDecoded ?? 0,
          freezes: stat.freezeCount ?? 0,
          freezeSeconds: stat.totalFreezesDuration ?? 0,
          packetsLost: Math.max(0, stat.packetsLost ?? 0),
          packetsReceived: stat.packetsReceived ?? 0,
        });
      }
    }
  };
  setInterval(() => void count(), countEveryMs);

  const note = (of: string) => {
    const at = Date.now();
    pictures = { from: pictures.from || at, to: at };
    const last = current.get(of);
    if (last && at - last.to <= gapMs) {
      last.to = at;
      last.count += 1;
      return;
    }
    const spell = { of, from: at, to: at, count: 1 };
    current.set(of, spell);
    spells.push(spell);
  };
  const watch = (video: Element) => {
    if (seen.has(video)) return;
    seen.add(video);
    const look = () => {
      note(video.getAttribute('aria-label') ?? '');
      video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  };
  new page.MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(node instanceof page.HTMLElement)) continue;
      if (node.tagName === 'VIDEO') watch(node);
      for (const video of node.querySelectorAll('video')) watch(video);
    }
  }).observe(page.document, { childList: true, subtree: true });

  page.takeWatched = async () => {
    await count();
    const sum = (of: keyof Counted) =>
      [...counted.values()].reduce((total, stream) => total + stream[of], 0);
    return {
      seconds: (pictures.to - pictures.from) / 1_000,
      framesDecoded: sum('framesDecoded'),
      freezes: sum('freezes'),
      freezeSeconds: sum('freezeSeconds'),
      packetsLost: sum('packetsLost'),
      packetsReceived: sum('packetsReceived'),
      spells,
    };
  };
}

/** What the page received and showed until now. */
export const takeWatched = (page: Page): Promise<Watched> =>
  page.evaluate(() => (globalThis as unknown as PageWindow).takeWatched());
