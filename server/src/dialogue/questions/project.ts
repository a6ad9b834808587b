import { bridgePointAudience, hallAudience, personAudience } from '@nhip-cau/shared/model/audience';
import { isSupportable } from '@nhip-cau/shared/model/questions';
import type {
  DeskQuestionFact,
  HallQuestionFact,
  OwnQuestionFact,
  PeerQuestionFact,
} from '@nhip-cau/shared/protocol/facts';
import type { Projector, View } from '../kernel/project.ts';
import { inLog } from '../kernel/reduce.ts';
import { hallAsker, publicAsker } from './asker.ts';
import { hallsOf, leadFact, supportersOf } from './merged.ts';

/** States in which the head table has the question before it. */
const beforeHost: ReadonlySet<string> = new Set(['onDeck', 'onAir', 'heard', 'disposed']);

export const projectQuestion: Projector<'question'> = (question, state) => {
  const { id, bridgePointId, personId, stateBefore: _, ...row } = question;
  const { name, district } = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
  const supporters = supportersOf(state, question);
  const mergedIds = [...(state.mergedInto.get(id) ?? [])];
  const desk: DeskQuestionFact = {
    id,
    bridgePointId,
    bridgePointName: name,
    district,
    ...row,
    supporters,
    halls: hallsOf(state, question),
    mergedIds,
  };
  const own: OwnQuestionFact = {
    id,
    original: row.original,
    wording: row.wording,
    field: row.field,
    state: row.state,
    code: row.code,
    askedAt: row.askedAt,
    supporters,
    lead: leadFact(state, question),
    attachmentIds: row.attachmentIds,
    place: state.places.get(id) ?? null,
    returnReason: row.returnReason,
    disposition: row.disposition,
  };
  const hall: HallQuestionFact = {
    ...own,
    channel: row.channel,
    urgency: row.urgency,
    asker: hallAsker(question),
    forwardedAt: row.forwardedAt,
    revision: row.revision,
    mergedIds,
    returnedBy: row.returnedBy,
    turnId: row.turnId,
  };
  const peer: PeerQuestionFact = {
    id,
    wording: row.wording,
    field: row.field,
    asker: publicAsker(question),
    state: row.state,
    supporters,
  };
  const isCalled = beforeHost.has(row.state) && row.turnId !== null;
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

export const projectNote: Projector<'note'> = ({ removedAt, ...note }) => [
  { audience: 'desk', collection: 'note', id: note.id, value: removedAt === null ? note : null },
];

export const projectSupport: Projector<'support'> = (support) => {
  const { id, questionId, personId, withdrawnAt } = support;
  const value = withdrawnAt === null ? { id, questionId } : null;
  return [{ audience: personAudience(personId), collection: 'support', id, value }];
};
