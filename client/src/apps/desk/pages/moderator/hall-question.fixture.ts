import type { HallQuestionFact } from '@nhip-cau/shared/protocol/facts';

/** A question asked a moment ago, with what the test changes. */
export function question(id: string, rest: Partial<HallQuestionFact> = {}): HallQuestionFact {
  return {
    id,
    channel: 'phone',
    original: `original ${id}`,
    wording: `wording ${id}`,
    field: null,
    state: 'asked',
    asker: null,
    urgency: 'normal',
    code: null,
    forwardedAt: null,
    revision: 0,
    supporters: 0,
    mergedIds: [],
    lead: null,
    attachmentIds: [],
    askedAt: 1,
    place: null,
    returnReason: null,
    returnedBy: null,
    disposition: null,
    turnId: null,
    ...rest,
  };
}
