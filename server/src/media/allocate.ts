import { rungs } from '@nhip-cau/shared/protocol/media';
import type { FeedTier, MediaSource, Rung } from '@nhip-cau/shared/protocol/media';

/** One feed of the stage, as `allocate` sees it. */
export interface StageFeed {
  readonly bridgePointId: string;
  readonly tier: FeedTier;
}

/** What there is to receive: only what somebody publishes. */
export interface StageView {
  readonly feeds: readonly StageFeed[];
  /** The bridge point whose screen is on the stage. */
  readonly screen: string | null;
  /** Open private lines: bridge point → the account at the other end. */
  readonly lines: ReadonlyMap<string, string>;
}

/** What a receiver declared, and where it stands. */
export interface Receiver {
  /** Its own hall, whose feed it never receives; null for one outside the halls. */
  readonly bridgePointId: string | null;
  /** Whether it is the computer that publishes for its hall, and so the hall's end of a line. */
  readonly isPublisher: boolean;
  readonly accountId: string | null;
  /** Most feeds whose picture it shows at once; those that are made ready take none of these places. */
  readonly maxFeeds: number;
  readonly wantsVideo: boolean;
  readonly wantsAudio: boolean;
  readonly rung: Rung;
  /** Height of the largest picture that it shows, in pixels. */
  readonly maxHeight: number;
  /** Bridge points whose picture it wants small, on the stage or not. */
  readonly watches: readonly string[];
}

/** Upper bounds of simulcast: spatial 0 smallest … 2 largest, temporal 0 fewest frames … 2 all. */
export interface Layers {
  readonly spatialLayer: number;
  readonly temporalLayer: number;
}

export interface Allotment {
  readonly bridgePointId: string;
  readonly source: MediaSource;
  /** Of a `line`: whose voice it is, where it is not the hall's. */
  readonly accountId?: string;
  /** Pictures only. */
  readonly preferredLayers?: Layers;
  readonly paused: boolean;
  /** A still picture each so many ms in place of moving ones. */
  readonly every?: number;
}

/** How often a still picture comes, in ms. */
export const stillEveryMs = 4_000;

/**
 * Of how many halls on deck a picture is made ready, beside those that are shown: for two that may be
 * given the floor back and for the one that is called next.
 */
const readyPictures = 3;

const watchedPicture: Layers = { spatialLayer: 0, temporalLayer: 0 };

/** How tall each picture is of so many on one screen, as a share of the largest one. */
function shareOfHeight(pictures: number): number {
  if (pictures <= 2) return 1;
  return pictures <= 4 ? 1 / 2 : 1 / 3;
}

/** The smallest of a 720p camera's layers (180, 360, 720 lines) that does not look coarse. */
function layersFor(heightPx: number): Layers {
  const spatialLayer = heightPx > 480 ? 2 : heightPx > 240 ? 1 : 0;
  return { spatialLayer, temporalLayer: 2 };
}

/** A screen has two layers, half and full; letters bear less shrinking than faces. */
function screenLayersFor(heightPx: number): Layers {
  return { spatialLayer: heightPx > 480 ? 2 : 0, temporalLayer: 2 };
}

/**
 * What one receiver gets of the stage: the feeds on air flowing, those on deck made and paused,
 * nothing of standby and nothing of its own hall. Sound is allotted first and `maxFeeds` never
 * takes it away; pictures go to the feeds in the stage's order, and of those on deck the first three
 * are made ready however many are on air, in the layers that they will have there. A screen that is presented is seen by all and
 * heard by the other halls, in half where it is shown small; the cameras beside it are at most of
 * middle size. The rung takes pictures away before sound. A private line is heard at its two ends only.
 */
export function allocate(stage: StageView, receiver: Receiver): Allotment[] {
  const { rung } = receiver;
  if (rung === 'captions') return [];
  const others = stage.feeds.filter((feed) => feed.bridgePointId !== receiver.bridgePointId);
  const onAir = others.filter(({ tier }) => tier === 'onAir');
  const onDeck = others.filter(({ tier }) => tier === 'onDeck');
  return [
    ...lines(stage, receiver),
    ...(receiver.wantsAudio ? sounds(stage, receiver, [...onAir, ...onDeck]) : []),
    ...(rungs.indexOf(rung) < rungs.indexOf('audio')
      ? pictures(stage, receiver, onAir.slice(0, receiver.maxFeeds), onDeck)
      : []),
  ];
}

function lines(stage: StageView, receiver: Receiver): Allotment[] {
  const allotments: Allotment[] = [];
  for (const [bridgePointId, accountId] of stage.lines) {
    const line = { bridgePointId, source: 'line', paused: false } as const;
    if (receiver.isPublisher && receiver.bridgePointId === bridgePointId) {
      allotments.push({ ...line, accountId });
    } else if (receiver.accountId === accountId) {
      allotments.push(line);
    }
  }
  return allotments;
}

function sounds(
  { screen }: StageView,
  { bridgePointId }: Receiver,
  feeds: readonly StageFeed[],
): Allotment[] {
  const microphones = feeds.map((feed): Allotment => {
    return {
      bridgePointId: feed.bridgePointId,
      source: 'microphone',
      paused: feed.tier !== 'onAir',
    };
  });
  // The presenting computer plays its own sound in its own hall.
  if (screen === null || screen === bridgePointId) return microphones;
  return [{ bridgePointId: screen, source: 'screenSound', paused: false }, ...microphones];
}

function pictures(
  { screen }: StageView,
  receiver: Receiver,
  onAir: readonly StageFeed[],
  onDeck: readonly StageFeed[],
): Allotment[] {
  const { maxFeeds, maxHeight, rung, wantsVideo, watches } = receiver;
  const ready = maxFeeds > 0 ? onDeck.slice(0, readyPictures) : [];
  const shown = wantsVideo ? [...onAir, ...ready] : [];
  const presented = wantsVideo ? screen : null;
  const each = maxHeight * shareOfHeight(onAir.length) * (presented === null ? 1 : 1 / 2);
  const byRung = (layers: Layers): Pick<Allotment, 'preferredLayers' | 'every'> => {
    if (rung === 'video') return { preferredLayers: layers };
    const preferredLayers = { spatialLayer: 0, temporalLayer: layers.temporalLayer };
    return rung === 'small' ? { preferredLayers } : { preferredLayers, every: stillEveryMs };
  };
  const layers = layersFor(each);
  const allotments = shown.map(({ bridgePointId, tier }): Allotment => {
    return { bridgePointId, source: 'camera', ...byRung(layers), paused: tier !== 'onAir' };
  });
  const seen = new Set(
    allotments.filter(({ paused }) => !paused).map(({ bridgePointId }) => bridgePointId),
  );
  const watched = watches
    .filter((bridgePointId) => !seen.has(bridgePointId))
    .map((bridgePointId): Allotment => {
      return { bridgePointId, source: 'camera', ...byRung(watchedPicture), paused: false };
    });
  const watchedNow = new Set(watches);
  return [
    ...(presented === null ? [] : [screenPicture(presented, byRung(screenLayersFor(maxHeight)))]),
    // One picture of each: of a hall on deck that is watched, the one that flows.
    ...allotments.filter(({ bridgePointId, paused }) => !paused || !watchedNow.has(bridgePointId)),
    ...watched,
  ];
}

function screenPicture(
  bridgePointId: string,
  layers: Pick<Allotment, 'preferredLayers' | 'every'>,
): Allotment {
  return { bridgePointId, source: 'screen', ...layers, paused: false };
}
