import { elapsedAt } from '@nhip-cau/shared/model/floor';
import { lastPlaceTold } from '@nhip-cau/shared/model/questions';
import { inLog } from '../kernel/reduce.ts';
import type { DialogueState, Question } from '../kernel/state.ts';
import { supportersOf } from './merged.ts';
import { type Heard, planOrder, type Waiting } from './order.ts';
import { RatedQueue } from './rated-queue.ts';

/**
 * Plans the first of the queue anew, when something happened that its order depends on, and returns
 * the questions whose place changed: their halls and askers are told.
 */
export function replan(state: DialogueState): string[] {
  if (!state.isPlanStale || state.dialogue === null) return [];
  state.isPlanStale = false;
  state.plan = plannedNow(state);
  return renumber(state);
}

/** The first of the queue as the state has it now. The plan beside it is the last commit's. */
function plannedNow(state: DialogueState): DialogueState['plan'] {
  const { state: now, fields, turnSeconds } = inLog(state.dialogue ?? undefined, state.id);
  // Whoever still waits then will not be called: a place would be a promise.
  if (now === 'ended') return [];
  const planned = planOrder({
    queue: ratedNow(state),
    heard: heardSoFar(state),
    fieldCount: fields.length,
    turnMs: turnSeconds * 1_000,
    departures: state.departures,
    limit: lastPlaceTold,
  });
  return planned.map(({ id, reason }) => ({ question: inLog(state.queue.get(id), id), reason }));
}

/**
 * Where a question would stand if it were put before another one: how many come before it. Changes
 * nothing; what its neighbours in the same commit did is seen already.
 */
export function placesBefore(
  state: DialogueState,
  movedId: string,
  beforeId: string | null,
): number {
  const plan = state.isPlanStale ? plannedNow(state) : state.plan;
  const others = plan.filter(({ question }) => question.id !== movedId);
  const index =
    beforeId === null ? -1 : others.findIndex(({ question }) => question.id === beforeId);
  if (index >= 0) return index;
  // Behind what is planned, or last: behind everything that waits now.
  return beforeId === null ? Math.max(0, state.queue.size - 1) : others.length;
}

function renumber(state: DialogueState): string[] {
  const before = new Map(state.places);
  state.places.clear();
  let place = state.onDeckTurnIds.size;
  for (const { question } of state.plan) {
    place += 1;
    state.places.set(question.id, place);
  }
  const changed: string[] = [];
  for (const [id, was] of before) if (state.places.get(id) !== was) changed.push(id);
  for (const id of state.places.keys()) if (!before.has(id)) changed.push(id);
  return changed;
}

/** The queue for the rule, brought up to date: what did not change is not looked at. */
function ratedNow(state: DialogueState): RatedQueue {
  const { rules, createdAt } = inLog(state.dialogue ?? undefined, state.id);
  if (state.rated?.weights !== rules.order) {
    state.rated = new RatedQueue(rules.order, createdAt);
    for (const id of state.queue.keys()) state.unrated.add(id);
  }
  for (const id of state.unrated) {
    const question = state.queue.get(id);
    if (question) state.rated.put(waitingOf(state, question));
    else state.rated.delete(id);
  }
  state.unrated.clear();
  return state.rated;
}

function waitingOf(state: DialogueState, question: Question): Waiting {
  const { id, bridgePointId, field, urgency, acceptedAt, forwardedAt, askedAt, pin } = question;
  const { name, district } = inLog(state.bridgePoints.get(bridgePointId), bridgePointId);
  return {
    id,
    bridgePointId,
    bridgePointName: name,
    district,
    field,
    urgent: urgency === 'urgent',
    people: supportersOf(state, question),
    since: forwardedAt ?? acceptedAt ?? askedAt,
    pin,
  };
}

/** Who was called, those on deck included. A held or running turn counts with its whole budget. */
function heardSoFar(state: DialogueState): Heard {
  const districts = new Set<string>();
  const bridgePoints = new Set<string>();
  const fields: (string | null)[] = [];
  const districtMs = new Map<string, number>();
  for (const turn of state.turns.values()) {
    if (turn.kind === 'host' || turn.state === 'cancelled') continue;
    const { id, district } = inLog(state.bridgePoints.get(turn.bridgePointId), turn.bridgePointId);
    districts.add(district);
    bridgePoints.add(id);
    const spoken =
      turn.state === 'ended' ? elapsedAt(turn.clock, turn.endedAt ?? 0) : turn.budgetMs;
    districtMs.set(district, (districtMs.get(district) ?? 0) + spoken);
    if (turn.questionId !== null && turn.kind === 'question') {
      fields.push(inLog(state.questions.get(turn.questionId), turn.questionId).field);
    }
  }
  return { districts, bridgePoints, fields, districtMs };
}
