import type { QuestionFateBody } from '@nhip-cau/shared/protocol/http';
import { describe, expect, it } from 'vitest';
import { fateSteps, isOwed } from './fate-steps.ts';

const fate = (words: Partial<QuestionFateBody> = {}): QuestionFateBody => ({
  code: 'K7M2QX9FA',
  dialogue: { title: 'Đối thoại', organiser: 'Thành phố', state: 'ended', startsAt: 0 },
  bridgePointName: 'Tản Lĩnh',
  district: 'Ba Vì',
  wording: 'Bao giờ làm đường?',
  field: null,
  state: 'forwarded',
  askedAt: 1,
  forwardedAt: 2,
  acceptedAt: null,
  calledAt: null,
  place: null,
  returnReason: null,
  disposition: null,
  lead: null,
  ...words,
});

describe('what became of a question', () => {
  it('is told in order, as far as it went', () => {
    expect(fateSteps(fate({ calledAt: 9 })).map(({ step }) => step)).toEqual([
      'asked',
      'forwarded',
      'called',
    ]);
  });

  it.each([
    [{}, true],
    [{ state: 'returned' }, false],
    [{ state: 'merged' }, false],
    [{ forwardedAt: null, state: 'asked' }, false],
    [{ dialogue: { title: '', organiser: '', state: 'live', startsAt: 0 } }, false],
  ] as const)('%o: an answer is owed: %s', (words, owed) => {
    expect(isOwed(fate(words))).toBe(owed);
  });
});
