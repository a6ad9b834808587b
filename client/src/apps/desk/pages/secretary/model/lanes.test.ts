import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { question } from '../../../live/question.fixture.ts';
import { LaneIndex, laneOf } from './lanes.ts';
import type { Lane } from './lanes.ts';

const mapOf = (...facts: DeskQuestionFact[]) => new Map(facts.map((fact) => [fact.id, fact]));
const ids = (facts: readonly DeskQuestionFact[]) => facts.map(({ id }) => id);

describe('the lane of a question', () => {
  it.each<[string, Partial<DeskQuestionFact>, Lane | null]>([
    ['forwarded by its hall', { state: 'forwarded' }, 'incoming'],
    ['accepted, behind the plan', { state: 'accepted' }, 'accepted'],
    ['accepted, with a place', { state: 'accepted', id: 'planned' }, 'scheduled'],
    ['on deck', { state: 'onDeck' }, 'onDeck'],
    ['on air', { state: 'onAir' }, 'onAir'],
    ['heard, its disposition owed', { state: 'heard' }, 'heard'],
    ['disposed of', { state: 'disposed' }, 'done'],
    ['returned after it was forwarded', { state: 'returned' }, 'returned'],
    ['returned by its hall itself', { state: 'returned', forwardedAt: null }, null],
    ['still at its hall', { state: 'asked' }, null],
    ['withdrawn', { state: 'withdrawn' }, null],
    ['merged', { state: 'merged' }, null],
  ])('%s', (_case, changes, lane) => {
    expect(laneOf(question(changes), new Map([['planned', 0]]))).toBe(lane);
  });
});

describe('the lanes', () => {
  it('stand each in its order', () => {
    const lists = new LaneIndex().update(
      mapOf(
        question({ id: 'late', state: 'forwarded', forwardedAt: 9 }),
        question({ id: 'early', state: 'forwarded', forwardedAt: 4 }),
        question({ id: 'old', state: 'disposed', forwardedAt: 1 }),
        question({ id: 'new', state: 'disposed', forwardedAt: 2 }),
        question({ id: 'second', acceptedAt: 1 }),
        question({ id: 'first', acceptedAt: 2 }),
        question({ id: 'behind', acceptedAt: 8 }),
        question({ id: 'furtherBehind', acceptedAt: 9 }),
        question({ id: 'next', state: 'onDeck' }),
        question({ id: 'afterNext', state: 'onDeck' }),
        question({ id: 'hall', state: 'asked', askedAt: 7 }),
      ),
      ['next', null, 'afterNext'],
      ['first', 'second', 'called'],
    );
    expect(
      Object.fromEntries(Object.entries(lists).map(([lane, list]) => [lane, ids(list)])),
    ).toEqual({
      incoming: ['early', 'late'],
      accepted: ['behind', 'furtherBehind'],
      scheduled: ['first', 'second'],
      onDeck: ['next', 'afterNext'],
      onAir: [],
      heard: [],
      done: ['new', 'old'],
      returned: [],
      all: [
        'hall',
        'afterNext',
        'behind',
        'early',
        'first',
        'furtherBehind',
        'late',
        'new',
        'next',
        'old',
        'second',
      ],
    });
  });

  it('change where something changed, and nowhere else', () => {
    const index = new LaneIndex();
    const [a, b, c] = ['a', 'b', 'c'].map((id, at) =>
      question({ id, state: 'forwarded', forwardedAt: at }),
    ) as [DeskQuestionFact, DeskQuestionFact, DeskQuestionFact];
    const done = question({ id: 'd', state: 'disposed' });
    const before = index.update(mapOf(a, c, done), [], []);
    const arrived = index.update(mapOf(a, c, done, b), [], []);
    expect(ids(arrived.incoming)).toEqual(['a', 'b', 'c']);
    expect(arrived.done).toBe(before.done);
    const taken = { ...a, state: 'accepted' as const, acceptedAt: 5 };
    const accepted = index.update(mapOf(taken, b, c, done), [], []);
    expect([ids(accepted.incoming), ids(accepted.accepted)]).toEqual([['b', 'c'], ['a']]);
    const planned = index.update(mapOf(taken, b, c, done), [], ['a']);
    expect([ids(planned.accepted), ids(planned.scheduled)]).toEqual([[], ['a']]);
    expect(planned.incoming).toBe(accepted.incoming);
    const gone = index.update(mapOf(b, done), [], []);
    expect([ids(gone.incoming), ids(gone.scheduled)]).toEqual([['b'], []]);
  });

  it('are the same however they came about', () => {
    const states = ['forwarded', 'accepted', 'disposed', 'returned', 'merged', 'onDeck'] as const;
    const made = (id: number, round: number) =>
      question({
        id: `q${String(id).padStart(3, '0')}`,
        state: states[(id * 7 + round * (id % 5)) % states.length]!,
        forwardedAt: (id * 37) % 11,
        acceptedAt: (id * 17) % 13,
        askedAt: (id * 5) % 19,
      });
    const index = new LaneIndex();
    let questions = new Map<string, DeskQuestionFact>();
    for (let round = 0; round < 8; round += 1) {
      questions = new Map(questions);
      for (let id = round; id < 120; id += 1 + (round % 3)) {
        const one = made(id, round);
        questions.set(one.id, one);
      }
      const planned = [...questions.keys()].filter((_, at) => at % 4 === round % 4);
      const kept = index.update(questions, ['q003', 'q001'], planned);
      expect(kept).toEqual(new LaneIndex().update(questions, ['q003', 'q001'], planned));
    }
  });
});
