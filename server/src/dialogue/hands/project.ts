import { bridgePointAudience, personAudience } from '@nhip-cau/shared/model/audience';
import type { DeskHandFact, HandFact } from '@nhip-cau/shared/protocol/facts';
import type { Projector, View } from '../kernel/project.ts';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState, Hand } from '../kernel/state.ts';

export const projectHand: Projector<'hand'> = (hand, state) => {
  const { id, bridgePointId, name, raisedAt, position } = hand;
  const isUp = hand.loweredAt === null;
  const { name: bridgePointName, district } = inLog(
    state.bridgePoints.get(bridgePointId),
    bridgePointId,
  );
  const said = { id, name, raisedAt, position };
  const value: HandFact | null = isUp ? { ...said, place: placeOf(state, hand) } : null;
  const desk: DeskHandFact | null = isUp
    ? { ...said, bridgePointId, bridgePointName, district }
    : null;
  const views: View[] = [
    { audience: bridgePointAudience(bridgePointId), collection: 'hand', id, value },
    { audience: 'desk', collection: 'hand', id, value: desk },
    { audience: 'host', collection: 'hand', id, value: desk },
  ];
  if (hand.personId !== null) {
    views.push({ audience: personAudience(hand.personId), collection: 'hand', id, value });
  }
  return views;
};

/** Hands of the same hall: when one is raised or lowered, the places of the others change. */
export function handsBeside(state: DialogueState, { bridgePointId }: Hand): string[] {
  return [...(state.raisedByHall.get(bridgePointId) ?? [])].map(({ id }) => id);
}

function placeOf(state: DialogueState, hand: Hand): number {
  let place = 1;
  for (const { position } of state.raisedByHall.get(hand.bridgePointId) ?? []) {
    if (position < hand.position) place += 1;
  }
  return place;
}
