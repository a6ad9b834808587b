import { bridgePointAudience, personAudience } from '@nhip-cau/shared/model/audience';
import type { HandFact } from '@nhip-cau/shared/protocol/facts';
import type { Projector, View } from '../kernel/project.ts';

export const projectHand: Projector<'hand'> = (hand) => {
  const { id, name, raisedAt, position } = hand;
  const value: HandFact | null = hand.loweredAt === null ? { id, name, raisedAt, position } : null;
  const views: View[] = [
    { audience: bridgePointAudience(hand.bridgePointId), collection: 'hand', id, value },
  ];
  if (hand.personId !== null) {
    views.push({ audience: personAudience(hand.personId), collection: 'hand', id, value });
  }
  return views;
};
