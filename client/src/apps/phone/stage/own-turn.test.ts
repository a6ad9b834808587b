import type { OwnQuestionFact, StageFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { ownTurn } from './own-turn.ts';
import { turn } from './turn.fixture.ts';

const mine = new Map([['mine', {} as OwnQuestionFact]]);
const onAir = (state: 'onAir' | 'held', questionId: string): StageFact => ({
  onAir: { ...turn(state, 'Ba Vì'), questionId },
  onDeck: [],
  next: [],
  presentation: null,
});
const onDeck = (...questionIds: string[]): StageFact => ({
  onAir: null,
  onDeck: questionIds.map((questionId) => ({ ...turn('onDeck', 'Ba Vì'), questionId })),
  next: [],
  presentation: null,
});

describe('one’s own turn', () => {
  it.each([
    ['no stage yet', null, undefined],
    ['another hall’s', onAir('onAir', 'other'), undefined],
    ['on air', onAir('onAir', 'mine'), 'onAir'],
    ['held, its microphone closed', onAir('held', 'mine'), 'held'],
    ['on deck behind another', onDeck('other', 'mine'), 'onDeck'],
    [
      'on air rather than on deck',
      { ...onDeck('mine'), onAir: onAir('onAir', 'mine').onAir },
      'onAir',
    ],
    [
      'on deck while another is on air',
      { ...onDeck('mine'), onAir: onAir('onAir', 'other').onAir },
      'onDeck',
    ],
  ] as const)('%s', (_, stage, state) => {
    expect(ownTurn(mine, stage)?.state).toBe(state);
  });
});
