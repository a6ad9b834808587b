import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';

/** A question in the queue, for tables of cases; `changes` say what the case is about. */
export function question(changes: Partial<DeskQuestionFact> = {}): DeskQuestionFact {
  return {
    id: 'question',
    bridgePointId: 'hall',
    bridgePointName: 'Ba Vì 07',
    district: 'Ba Vì',
    channel: 'phone',
    original: 'duong lang tham qua',
    wording: 'Đường làng ngập mỗi khi mưa, bao giờ được sửa?',
    field: 'Nông thôn mới',
    state: 'accepted',
    asker: 'Nguyễn Thị Tám',
    nameVisibility: 'public',
    askedAt: 1,
    forwardedAt: 2,
    acceptedAt: 3,
    urgency: 'normal',
    code: null,
    revision: 0,
    supporters: 0,
    halls: 1,
    mergedIds: [],
    mergedInto: null,
    pin: null,
    brief: null,
    attachmentIds: [],
    returnedBy: null,
    returnReason: null,
    disposition: null,
    turnId: null,
    ...changes,
  };
}
