import type { LineMessageFact } from '@nhip-cau/shared/protocol/facts';

/** Each hall's messages, in order. */
export function messagesByHall(
  messages: Iterable<LineMessageFact>,
): ReadonlyMap<string, LineMessageFact[]> {
  const halls = new Map<string, LineMessageFact[]>();
  for (const message of messages) {
    const before = halls.get(message.bridgePointId);
    if (before) before.push(message);
    else halls.set(message.bridgePointId, [message]);
  }
  for (const all of halls.values()) all.sort((a, b) => a.position - b.position);
  return halls;
}
