import type { DeskHandFact } from '@nhip-cau/shared/protocol/facts';

export interface HallHands {
  bridgePointId: string;
  bridgePointName: string;
  district: string;
  /** In the true order of the server's log. */
  hands: DeskHandFact[];
}

/** Hands that are up, by hall: the hall whose first hand rose first comes first. */
export function handsByHall(hands: readonly DeskHandFact[]): HallHands[] {
  const halls = new Map<string, HallHands>();
  for (const hand of [...hands].sort((a, b) => a.position - b.position)) {
    const { bridgePointId, bridgePointName, district } = hand;
    const hall = halls.get(bridgePointId);
    if (hall) hall.hands.push(hand);
    else halls.set(bridgePointId, { bridgePointId, bridgePointName, district, hands: [hand] });
  }
  return [...halls.values()];
}
