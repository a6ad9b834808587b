import type { LineSide } from '@nhip-cau/shared/model/lines';
import type { LineMessageFact } from '@nhip-cau/shared/protocol/facts';

/** How many of the other side's messages came after the last one that was read or written here. */
export function unreadOf(
  messages: readonly LineMessageFact[],
  side: LineSide,
  readPosition: number,
): number {
  const answered = messages.findLast(({ from }) => from === side)?.position ?? 0;
  const since = Math.max(answered, readPosition);
  return messages.filter(({ from, position }) => from !== side && position > since).length;
}
