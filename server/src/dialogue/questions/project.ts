import { bridgePointAudience, personAudience } from '@nhip-cau/shared/model/audience';
import type {
  DeskQuestionFact,
  HallQuestionFact,
  OwnQuestionFact,
} from '@nhip-cau/shared/protocol/facts';
import { inLog } from '../kernel/reduce.ts';
import type { Projector, View } from '../kernel/project.ts';
import { hallAsker } from './asker.ts';

/** States in which the head table has the question before it. */
const beforeHost: ReadonlySet<string> = new Set(['onDeck', 'onAir', 'heard', 'disposed']);

export const projectQuestion: Projector<'question'> = (question, state) => {
  const { id, bridgePointId, personId, returnedBy, ...rest } = question;
  const bridgePoint = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
  const place = state.places.get(id) ?? null;
  const desk: DeskQuestionFact = {
    id,
    bridgePointId,
    bridgePointName: bridgePoint.name,
    district: bridgePoint.district,
    ...rest,
  };
  const { original, wording, field, askedAt, returnReason, disposition, turnId, channel } =
    question;
  const shared = { id, original, wording, field, askedAt, place, returnReason, disposition };
  const hall: HallQuestionFact = {
    ...shared,
    channel,
    state: question.state,
    asker: hallAsker(question),
    returnedBy,
    turnId,
  };
  const views: View[] = [
    { audience: 'desk', collection: 'question', id, value: desk },
    {
      audience: 'host',
      collection: 'question',
      id,
      value: beforeHost.has(question.state) && question.turnId !== null ? desk : null,
    },
    { audience: bridgePointAudience(bridgePointId), collection: 'question', id, value: hall },
  ];
  if (personId !== null) {
    const own: OwnQuestionFact = { ...shared, state: question.state };
    views.push({ audience: personAudience(personId), collection: 'question', id, value: own });
  }
  return views;
};
