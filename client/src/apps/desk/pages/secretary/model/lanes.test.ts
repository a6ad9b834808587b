import type { QuestionState } from '@nhip-cau/shared/model/questions';
import { describe, expect, it } from 'vitest';
import { question } from '../../../live/question.fixture.ts';
import { laneLists, laneOf } from './lanes.ts';
import type { Lane } from './lanes.ts';

describe('laneOf', () => {
  it.each<[QuestionState, number | null, Lane | null]>([
    ['asked', null, null],
    ['forwarded', 5, 'incoming'],
    ['accepted', 5, 'accepted'],
    ['onDeck', 5, 'onDeck'],
    ['onAir', 5, 'onAir'],
    ['heard', 5, 'heard'],
    ['disposed', 5, 'done'],
    ['returned', 5, 'returned'],
    ['returned', null, null],
    ['withdrawn', 5, null],
    ['merged', 5, null],
  ])('puts %s (forwarded at %s) into %s', (state, forwardedAt, lane) => {
    expect(laneOf(question({ state, forwardedAt }))).toBe(lane);
  });
});

describe('laneLists', () => {
  const ids = (lane: Lane, ...questions: ReturnType<typeof question>[]) =>
    laneLists(questions, ['deck-2', 'deck-1'], ['planned-2', 'planned-1'])[lane].map(
      ({ id }) => id,
    );

  it('has the oldest forwarded first', () => {
    const late = question({ id: 'late', state: 'forwarded', forwardedAt: 9 });
    const early = question({ id: 'early', state: 'forwarded', forwardedAt: 3 });
    expect(ids('incoming', late, early)).toEqual(['early', 'late']);
  });

  it('has the queue as it is planned, then by its acceptance', () => {
    const accepted = (id: string, acceptedAt: number) =>
      question({ id, state: 'accepted', acceptedAt });
    const [first, second] = [accepted('planned-1', 1), accepted('planned-2', 2)];
    const [early, late] = [accepted('early', 3), accepted('late', 4)];
    expect(ids('accepted', late, first, early, second)).toEqual([
      'planned-2',
      'planned-1',
      'early',
      'late',
    ]);
  });

  it('has those on deck as the stage has them', () => {
    const one = question({ id: 'deck-1', state: 'onDeck' });
    const two = question({ id: 'deck-2', state: 'onDeck' });
    expect(ids('onDeck', one, two)).toEqual(['deck-2', 'deck-1']);
  });
});
