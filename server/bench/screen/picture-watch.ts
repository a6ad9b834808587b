import type { Page } from 'playwright-core';

/** Where a picture lies on the page, in CSS pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One received camera, by the browser's own counters since it began (W3C webrtc-stats). */
export interface Received {
  readonly id: string;
  /** Lines of the newest picture. */
  readonly frameHeight: number;
  readonly framesDecoded: number;
  readonly freezeSeconds: number;
}

/** What a page receives and shows at one moment. */
export interface Seen {
  /** ms on the page's own clock. */
  readonly at: number;
  readonly cameras: readonly Received[];
  /** Of all video elements that show something, largest first. */
  readonly places: readonly Place[];
  /** Pictures that the video elements have shown. */
  readonly shown: number;
  /** Sounds that are received. */
  readonly sounds: number;
}

/** As much of a page's `window` as is touched here. */
interface PageWindow {
  RTCPeerConnection: new (...args: unknown[]) => Peer;
  peers: Peer[];
  document: { querySelectorAll(selector: string): Iterable<Video> };
}
interface Peer {
  getStats(): Promise<Map<string, Stat>>;
}
interface Stat {
  readonly id: string;
  readonly type: string;
  readonly kind?: string;
  readonly frameHeight?: number;
  readonly framesDecoded?: number;
  readonly totalFreezesDuration?: number;
  readonly packetsReceived?: number;
}
interface Video {
  getBoundingClientRect(): Place;
  getVideoPlaybackQuality(): { totalVideoFrames: number; droppedVideoFrames: number };
}

/** Runs in the page before its own scripts: keeps its connections where they can be asked. */
export function installPictureWatch(): void {
  const page = globalThis as unknown as PageWindow;
  const Original = page.RTCPeerConnection;
  page.peers = [];
  page.RTCPeerConnection = class extends Original {
    constructor(...args: unknown[]) {
      super(...args);
      page.peers.push(this);
    }
  };
}

export function look(page: Page): Promise<Seen> {
  return page.evaluate(async () => {
    const { document, peers } = globalThis as unknown as PageWindow;
    const stats = (await Promise.all(peers.map((peer) => peer.getStats()))).flatMap((report) => [
      ...report.values(),
    ]);
    const inbound = stats.filter(({ type }) => type === 'inbound-rtp');
    const videos = [...document.querySelectorAll('video')]
      .map((video) => ({ video, place: video.getBoundingClientRect() }))
      .filter(({ place }) => place.width > 0)
      .sort((one, other) => other.place.width - one.place.width);
    return {
      at: performance.now(),
      cameras: inbound
        .filter(({ framesDecoded = 0 }) => framesDecoded > 0)
        .map(({ id, frameHeight = 0, framesDecoded = 0, totalFreezesDuration = 0 }) => {
          return { id, frameHeight, framesDecoded, freezeSeconds: totalFreezesDuration };
        }),
      places: videos.map(({ place: { x, y, width, height } }) => ({ x, y, width, height })),
      shown: videos
        .map(({ video }) => video.getVideoPlaybackQuality())
        .reduce((sum, quality) => sum + quality.totalVideoFrames - quality.droppedVideoFrames, 0),
      sounds: inbound.filter(({ kind, packetsReceived = 0 }) => {
        return kind === 'audio' && packetsReceived > 0;
      }).length,
    };
  });
}
