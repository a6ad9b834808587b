import type { CountsFact } from '@nhip-cau/shared/protocol/facts';
import type { DialogueState, Kind, Question } from '../kernel/state.ts';

type Counted = Extract<Kind, 'question' | 'bridgePoint' | 'hand'>;
type Part = readonly [name: keyof CountsFact, by: number];

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

const partsOf: { [K in Counted]: (state: DialogueState, id: string) => Part[] } = {
  question(state, id) {
    const question = state.questions.get(id);
    if (!question) return [];
    const name = lane[question.state];
    const parts: Part[] = name === null ? [] : [[name, 1]];
    if (question.disposition === null && question.forwardedAt !== null && owes(question)) {
      parts.push(['owed', 1]);
    }
    return parts;
  },
  bridgePoint(state, id) {
    const hall = state.bridgePoints.get(id);
    if (!hall) return [];
    return [
      ['headcount', hall.headcount ?? 0],
      ['joined', hall.joined],
      ['present', hall.present],
    ];
  },
  hand: (state, id) => (state.hands.get(id)?.loweredAt === null ? [['hands', 1]] : []),
};

/**
 * How many questions stand where, and how many people are there. What was counted of each thing is
 * kept, so that a commit costs what it touched, however many questions there are.
 */
export class Counts {
  private readonly counted = new Map<string, readonly Part[]>();
  private readonly sums: CountsFact = {
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

  /** Counts anew what of these things there is now. */
  update(state: DialogueState, touched: Iterable<{ kind: Kind; id: string }>): void {
    for (const { kind, id } of touched) {
      if (kind !== 'question' && kind !== 'bridgePoint' && kind !== 'hand') continue;
      const key = `${kind}:${id}`;
      for (const [name, by] of this.counted.get(key) ?? []) this.sums[name] -= by;
      const parts = partsOf[kind](state, id);
      for (const [name, by] of parts) this.sums[name] += by;
      this.counted.set(key, parts);
    }
  }

  fact(): CountsFact {
    return { ...this.sums };
  }
}

function owes({ state }: Question): boolean {
  return state !== 'returned' && state !== 'withdrawn' && state !== 'merged';
}
