import type { LeadFact } from '@nhip-cau/shared/protocol/facts';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState, Question } from '../kernel/state.ts';

/** The question that this one is a part of in the end: itself, when it is merged into none. */
export function leadOf(state: DialogueState, question: Question): Question {
  let lead = question;
  while (lead.mergedInto !== null) {
    lead = inLog(state.questions.get(lead.mergedInto), lead.mergedInto);
  }
  return lead;
}

/** Questions merged into this one, directly. */
export function partsOf(state: DialogueState, questionId: string): Question[] {
  const ids = state.mergedInto.get(questionId);
  if (!ids) return [];
  return [...ids].map((id) => inLog(state.questions.get(id), id));
}

/** Questions merged into this one, whether directly or by another one. */
export function allPartsOf(state: DialogueState, questionId: string): Question[] {
  const parts = partsOf(state, questionId);
  // Most have none, and every look at a question asks.
  if (parts.length === 0) return parts;
  return parts.flatMap((part) => [part, ...allPartsOf(state, part.id)]);
}

/** Everybody who has this question besides its asker: supporters, and the askers of its parts. */
export function supportersOf(state: DialogueState, question: Question): number {
  let people = question.supporters;
  for (const part of allPartsOf(state, question.id)) people += 1 + part.supporters;
  return people;
}

/** In how many halls this question is asked: its own, and those of its parts. */
export function hallsOf(state: DialogueState, question: Question): number {
  const parts = allPartsOf(state, question.id);
  if (parts.length === 0) return 1;
  return new Set([question, ...parts].map(({ bridgePointId }) => bridgePointId)).size;
}

/** The lead of a merged question as its own hall and asker follow it. */
export function leadFact(state: DialogueState, question: Question): LeadFact | null {
  if (question.mergedInto === null) return null;
  const lead = leadOf(state, question);
  const { id, bridgePointId, wording, disposition } = lead;
  return {
    id,
    bridgePointName: inLog(state.bridgePoints.get(bridgePointId), bridgePointId).name,
    wording,
    state: lead.state,
    place: state.places.get(id) ?? null,
    disposition,
  };
}
