import type { FeedTier, MediaKind } from '@nhip-cau/shared/protocol/media';

/** One feed of the stage, as `allocate` sees it. */
export interface StageFeed {
  readonly bridgePointId: string;
  readonly tier: FeedTier;
}

/** What a receiver declared, and where it stands. */
export interface Receiver {
  /** Its own hall, whose feed it never receives; null for one outside the halls. */
  readonly bridgePointId: string | null;
  /** Most feeds whose picture it shows at once. */
  readonly maxFeeds: number;
  readonly wantsVideo: boolean;
  readonly wantsAudio: boolean;
}

export interface Allotment {
  readonly bridgePointId: string;
  readonly kind: MediaKind;
  /** Upper bound of the simulcast layers (0 smallest … 2 largest); video only. */
  readonly preferredLayers?: { readonly spatialLayer: number; readonly temporalLayer: number };
  readonly paused: boolean;
}

const fullPicture = { spatialLayer: 2, temporalLayer: 2 } as const;
const smallPicture = { spatialLayer: 1, temporalLayer: 2 } as const;

/** Beyond this many pictures on one screen, each is small. */
const fullPictures = 2;

/**
 * What one receiver gets of the stage: the feeds on air flowing, those on deck made and paused,
 * nothing of standby and nothing of its own hall. Sound is allotted first and `maxFeeds` never
 * takes it away; pictures go to the feeds on air before those on deck, in the stage's order.
 */
export function allocate(stage: readonly StageFeed[], receiver: Receiver): Allotment[] {
  const others = stage.filter(({ bridgePointId }) => bridgePointId !== receiver.bridgePointId);
  const feeds = [
    ...others.filter(({ tier }) => tier === 'onAir'),
    ...others.filter(({ tier }) => tier === 'onDeck'),
  ];
  const sound = receiver.wantsAudio
    ? feeds.map(({ bridgePointId, tier }): Allotment => {
        return { bridgePointId, kind: 'audio', paused: tier !== 'onAir' };
      })
    : [];
  const pictures = receiver.wantsVideo
    ? feeds.slice(0, receiver.maxFeeds).map(({ bridgePointId, tier }, place): Allotment => {
        const preferredLayers = place < fullPictures ? fullPicture : smallPicture;
        return { bridgePointId, kind: 'video', preferredLayers, paused: tier !== 'onAir' };
      })
    : [];
  return [...sound, ...pictures];
}
