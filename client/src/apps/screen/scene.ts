import type { DialogueFact, StageFact } from '@nhip-cau/shared/protocol/facts';
import type { TallyState } from '../../ui/tally.ts';

/** What the whole screen is for now. */
export type Scene = 'connecting' | 'revoked' | 'waiting' | 'live' | 'paused' | 'ended';

export interface SceneSituation {
  status: 'connecting' | 'online' | 'offline' | 'revoked';
  dialogue: Pick<DialogueFact, 'state'> | null;
  stage: Pick<StageFact, 'presentation'> | null;
}

/**
 * The scene. A lost line changes nothing once there is something to show: the strip says so, and
 * the picture may well go on. A document before the start or in a pause is shown too.
 */
export function sceneOf({ status, dialogue, stage }: SceneSituation): Scene {
  if (status === 'revoked') return 'revoked';
  if (!dialogue) return 'connecting';
  if (dialogue.state === 'draft') return 'waiting';
  if (stage?.presentation?.kind === 'deck' && dialogue.state !== 'ended') return 'live';
  if (dialogue.state === 'open') return 'waiting';
  return dialogue.state;
}

/** This hall's own state, for the marker; `null` when it is not its turn. */
export function ownTally(stage: StageFact | null, bridgePointId: string | null): TallyState | null {
  if (!stage || bridgePointId === null) return null;
  if (stage.onAir?.bridgePointId === bridgePointId) {
    return stage.onAir.state === 'held' ? 'held' : 'onAir';
  }
  return stage.onDeck.some((turn) => turn.bridgePointId === bridgePointId) ? 'onDeck' : null;
}

export interface Upcoming {
  key: string;
  name: string;
  district: string;
  isOnDeck: boolean;
  isHere: boolean;
}

/** The halls that come next, on deck first, at most `most`. */
export function upcoming(
  stage: StageFact | null,
  bridgePointId: string | null,
  most: number,
): Upcoming[] {
  if (!stage) return [];
  const halls = [
    ...stage.onDeck.map((turn) => ({ ...turn, isOnDeck: true })),
    ...stage.next.map((hall) => ({ ...hall, isOnDeck: false })),
  ];
  return halls.slice(0, most).map((hall, place) => ({
    // A hall with two questions stands here twice.
    key: `${place}:${hall.bridgePointId}`,
    name: hall.bridgePointName,
    district: hall.district,
    isOnDeck: hall.isOnDeck,
    isHere: hall.bridgePointId === bridgePointId,
  }));
}
