import type { CountsFact } from '@nhip-cau/shared/protocol/facts';
import type { DialogueState, Question } from '../kernel/state.ts';

const lane: Record<Question['state'], keyof CountsFact | null> = {
  asked: 'asked',
  forwarded: 'incoming',
  accepted: 'waiting',
  onDeck: 'waiting',
  onAir: 'heard',
  heard: 'heard',
  disposed: 'disposed',
  returned: 'returned',
  withdrawn: null,
  merged: null,
};

/** How many questions stand where, and how many people are there. */
export function countAll(state: DialogueState): CountsFact {
  const counts: CountsFact = {
    asked: 0,
    incoming: 0,
    waiting: 0,
    heard: 0,
    disposed: 0,
    returned: 0,
    owed: 0,
    headcount: 0,
    joined: 0,
    present: 0,
    hands: 0,
  };
  for (const question of state.questions.values()) {
    const name = lane[question.state];
    if (name !== null) counts[name] += 1;
    if (question.disposition === null && question.forwardedAt !== null && owes(question)) {
      counts.owed += 1;
    }
  }
  for (const { headcount, joined, present } of state.bridgePoints.values()) {
    counts.headcount += headcount ?? 0;
    counts.joined += joined;
    counts.present += present;
  }
  for (const raised of state.raisedByHall.values()) counts.hands += raised.size;
  return counts;
}

function owes({ state }: Question): boolean {
  return state !== 'returned' && state !== 'withdrawn' && state !== 'merged';
}
