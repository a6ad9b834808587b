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
  ])('puts %s (forwarded at %s) into %s', (state, forwardedAt, lane) => {
    expect(laneOf(question({ state, forwardedAt }))).toBe(lane);
  });
});

describe('laneLists', () => {
  const ids = (lane: Lane, ...questions: ReturnType<typeof question>[]) =>
    laneLists(questions, ['deck-2', 'deck-1'])[lane].map(({ id }) => id);

  it('has the oldest forwarded first', () => {
    const late = question({ id: 'late', state: 'forwarded', forwardedAt: 9 });
    const early = question({ id: 'early', state: 'forwarded', forwardedAt: 3 });
    expect(ids('incoming', late, early)).toEqual(['early', 'late']);
  });

  it('has the queue by rank, not by time', () => {
    const second = question({ id: 'second', state: 'accepted', rank: 2_048, acceptedAt: 1 });
    const first = question({ id: 'first', state: 'accepted', rank: 1_024, acceptedAt: 2 });
    expect(ids('accepted', second, first)).toEqual(['first', 'second']);
  });

  it('has those on deck as the stage has them', () => {
    const one = question({ id: 'deck-1', state: 'onDeck' });
    const two = question({ id: 'deck-2', state: 'onDeck' });
    expect(ids('onDeck', one, two)).toEqual(['deck-2', 'deck-1']);
  });
});
