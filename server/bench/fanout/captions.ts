import { randomUUID } from 'node:crypto';
import type { CaptionFact, Delivery } from '@nhip-cau/shared/protocol/facts';

const captionBytes = 200;
const words =
  'Kính thưa đồng chí chủ trì, bà con xã tôi đề nghị Thành phố sớm sửa tuyến đường liên xã. ';
let made = 0;

/** A caption of exactly 200 bytes of UTF-8, told from all others by its number. */
export function captionText(): string {
  made += 1;
  const text = `${made} ${words.repeat(3)}`;
  let kept = '';
  for (const letter of text) {
    if (Buffer.byteLength(kept + letter) > captionBytes) break;
    kept += letter;
  }
  return kept
    .trimEnd()
    .padEnd(kept.trimEnd().length + captionBytes - Buffer.byteLength(kept.trimEnd()), '.');
}

/** The same message as the product sends of a caption, for the peers. */
export function deliveryLike(dialogueId: string, seq: number, text: string): Delivery {
  const id = randomUUID();
  const value: CaptionFact = {
    id,
    position: seq,
    at: Date.now(),
    endAt: null,
    text,
    track: 'vi',
    speaker: { kind: 'host', name: null },
    isLate: false,
    isCorrected: false,
  };
  const put = { collection: 'caption', id, value };
  const puts = [put, { collection: 'caption', id: randomUUID(), value: null }];
  return { dialogueId, audience: 'everyone', seq, prev: seq - 1, puts };
}
