import type { QuestionState } from '@nhip-cau/shared/model/questions';
import { describe, expect, it } from 'vitest';
import { newsOf } from './question-news.ts';

const standing = (state: QuestionState, lead: QuestionState | null = null) => ({ state, lead });

describe('what an asker is told', () => {
  it.each([
    ['a question that is new', undefined, standing('asked'), null],
    ['no change', standing('accepted'), standing('accepted'), null],
    ['sent on', standing('asked'), standing('forwarded'), { of: 'own', state: 'forwarded' }],
    ['returned', standing('forwarded'), standing('returned'), { of: 'own', state: 'returned' }],
    ['called, which the page calls out itself', standing('accepted'), standing('onDeck'), null],
    ['withdrawn by the asker', standing('asked'), standing('withdrawn'), null],
    [
      'merged',
      standing('forwarded'),
      standing('merged', 'accepted'),
      { of: 'own', state: 'merged' },
    ],
    [
      'its lead is called',
      standing('merged', 'accepted'),
      standing('merged', 'onAir'),
      { of: 'lead', state: 'onAir' },
    ],
    [
      'its lead has its answer',
      standing('merged', 'heard'),
      standing('merged', 'disposed'),
      { of: 'lead', state: 'disposed' },
    ],
    ['its lead is sent on', standing('merged', 'asked'), standing('merged', 'forwarded'), null],
    [
      'taken apart again',
      standing('merged', 'accepted'),
      standing('forwarded'),
      { of: 'own', state: 'forwarded' },
    ],
  ] as const)('%s', (_, before, now, news) => {
    expect(newsOf(before, now)).toEqual(news);
  });
});
