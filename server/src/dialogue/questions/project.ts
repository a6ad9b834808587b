import { bridgePointAudience, hallAudience, personAudience } from '@nhip-cau/shared/model/audience';
import { isSupportable } from '@nhip-cau/shared/model/questions';
import type {
  DeskQuestionFact,
  HallQuestionFact,
  OwnQuestionFact,
  PeerQuestionFact,
  PlaceFact,
} from '@nhip-cau/shared/protocol/facts';
import type { Projector, View } from '../kernel/project.ts';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState } from '../kernel/state.ts';
import { hallAsker, publicAsker } from './asker.ts';
import { hallsOf, leadFact, supportersOf } from './merged.ts';

/** States in which the head table has the question before it. */
const beforeHost: ReadonlySet<string> = new Set(['onDeck', 'onAir', 'heard', 'disposed']);

export const projectQuestion: Projector<'question'> = (question, state) => {
  const { id, bridgePointId, personId } = question;
  const { name, district } = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
  const supporters = supportersOf(state, question);
  const mergedIds = [...(state.mergedInto.get(id) ?? [])];
  // Field by field: what is spread is made twice, and this is done for every question there is.
  const desk: DeskQuestionFact = {
    id,
    bridgePointId,
    bridgePointName: name,
    district,
    channel: question.channel,
    original: question.original,
    wording: question.wording,
    field: question.field,
    urgency: question.urgency,
    state: question.state,
    asker: question.asker,
    nameVisibility: question.nameVisibility,
    code: question.code,
    askedAt: question.askedAt,
    forwardedAt: question.forwardedAt,
    acceptedAt: question.acceptedAt,
    revision: question.revision,
    supporters,
    halls: hallsOf(state, question),
    mergedIds,
    mergedInto: question.mergedInto,
    pin: question.pin,
    brief: question.brief,
    attachmentIds: question.attachmentIds,
    returnReason: question.returnReason,
    returnedBy: question.returnedBy,
    disposition: question.disposition,
    turnId: question.turnId,
  };
  const own: OwnQuestionFact = {
    id,
    original: question.original,
    wording: question.wording,
    field: question.field,
    state: question.state,
    code: question.code,
    askedAt: question.askedAt,
    supporters,
    lead: leadFact(state, question),
    attachmentIds: question.attachmentIds,
    place: state.places.get(id) ?? null,
    returnReason: question.returnReason,
    disposition: question.disposition,
  };
  const hall: HallQuestionFact = {
    id,
    original: question.original,
    wording: question.wording,
    field: question.field,
    state: question.state,
    code: question.code,
    askedAt: question.askedAt,
    supporters,
    lead: own.lead,
    attachmentIds: question.attachmentIds,
    place: own.place,
    returnReason: question.returnReason,
    disposition: question.disposition,
    channel: question.channel,
    urgency: question.urgency,
    asker: hallAsker(question),
    forwardedAt: question.forwardedAt,
    revision: question.revision,
    mergedIds,
    returnedBy: question.returnedBy,
    turnId: question.turnId,
  };
  const peer: PeerQuestionFact = {
    id,
    wording: question.wording,
    field: question.field,
    asker: publicAsker(question),
    state: question.state,
    supporters,
  };
  const isCalled = beforeHost.has(question.state) && question.turnId !== null;
  const views: View[] = [
    { audience: 'desk', collection: 'question', id, value: desk },
    { audience: 'host', collection: 'question', id, value: isCalled ? desk : null },
    { audience: bridgePointAudience(bridgePointId), collection: 'question', id, value: hall },
    {
      audience: hallAudience(bridgePointId),
      collection: 'question',
      id,
      value: isSupportable(question) ? peer : null,
    },
  ];
  if (personId !== null) {
    views.push({ audience: personAudience(personId), collection: 'question', id, value: own });
  }
  return views;
};

/** What the desk is told of the plan; those that were in the one before and are not in this are gone. */
export function projectPlan({ plan }: DialogueState, before: DialogueState['plan']): View[] {
  const places = new Map<string, PlaceFact | null>();
  for (const { question } of before) places.set(question.id, null);
  let after: string | null = null;
  for (const { question, reason } of plan) {
    const { id } = question;
    places.set(id, { id, after, reason });
    after = id;
  }
  return [...places].map(([id, value]) => ({ audience: 'desk', collection: 'place', id, value }));
}

export const projectNote: Projector<'note'> = ({ removedAt, ...note }) => [
  { audience: 'desk', collection: 'note', id: note.id, value: removedAt === null ? note : null },
];

export const projectSupport: Projector<'support'> = (support) => {
  const { id, questionId, personId, withdrawnAt } = support;
  const value = withdrawnAt === null ? { id, questionId } : null;
  return [{ audience: personAudience(personId), collection: 'support', id, value }];
};
