import { groupOf } from '@nhip-cau/shared/protocol/media';
import type { MediaSource } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';
import type { DesiredStage } from '../dialogue/stage/media-port.ts';
import type { StageView } from './allocate.ts';
import type { Feed } from './feed.ts';

/** One source that is open on the stage. */
export interface StageTrack {
  readonly bridgePointId: string;
  readonly source: MediaSource;
  readonly producer: types.Producer;
}

type Halls = ReadonlyMap<string, Feed>;

/** What there is to receive: an absent hall takes nobody's picture's place. */
export function viewOf({ feeds, lines, screen }: DesiredStage, halls: Halls): StageView {
  return {
    feeds: [...feeds]
      .filter(([id]) => halls.get(id)?.publisher('device'))
      .map(([bridgePointId, tier]) => ({ bridgePointId, tier })),
    screen: screen !== null && halls.get(screen)?.publisher('screen') ? screen : null,
    lines,
  };
}

/** What is on air: the stage's open microphones, cameras and screen, and no private line. */
export function tracksOf({ feeds, screen }: DesiredStage, halls: Halls): StageTrack[] {
  const tracks: StageTrack[] = [];
  for (const feed of halls.values()) {
    for (const [source, producer] of feed.open()) {
      const group = groupOf[source];
      const isOnAir = group === 'device' ? feeds.get(feed.id) === 'onAir' : screen === feed.id;
      if (group === 'line' || !isOnAir) continue;
      tracks.push({ bridgePointId: feed.id, source, producer });
    }
  }
  return tracks;
}
