import type { StageFact, StageTurn } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { ownTally, sceneOf, upcoming } from './scene.ts';

const turn = (bridgePointId: string, state: StageTurn['state']) =>
  ({ bridgePointId, bridgePointName: `Hall ${bridgePointId}`, district: 'D', state }) as StageTurn;
const next = (bridgePointId: string) => ({
  bridgePointId,
  bridgePointName: `Hall ${bridgePointId}`,
  district: 'D',
});
const stage: StageFact = {
  onAir: turn('a', 'onAir'),
  onDeck: [turn('b', 'onDeck')],
  next: [next('a'), next('c'), next('d')],
  presentation: null,
};

describe('the scene', () => {
  it.each([
    ['connecting', null, 'connecting'],
    ['offline', null, 'connecting'],
    ['online', 'draft', 'waiting'],
    ['online', 'open', 'waiting'],
    ['online', 'live', 'live'],
    ['offline', 'live', 'live'],
    ['connecting', 'paused', 'paused'],
    ['online', 'ended', 'ended'],
    ['revoked', 'live', 'revoked'],
  ] as const)('%s with a dialogue %s is %s', (status, state, scene) => {
    expect(sceneOf({ status, dialogue: state && { state }, stage: null })).toBe(scene);
  });

  it.each([
    ['draft', 'waiting'],
    ['open', 'live'],
    ['live', 'live'],
    ['paused', 'live'],
    ['ended', 'ended'],
  ] as const)('shows a document while the dialogue is %s: %s', (state, scene) => {
    const deck = { kind: 'deck', deckId: 'plan', title: 'Kế hoạch', page: 1, pages: 3 } as const;
    const situation = { status: 'online', dialogue: { state } } as const;
    expect(sceneOf({ ...situation, stage: { presentation: deck } })).toBe(scene);
  });

  it('waits with the screen that comes only once the dialogue is live', () => {
    const presentation = { kind: 'screen', bridgePointId: 'a' } as const;
    const situation = { status: 'online', stage: { presentation } } as const;
    expect(sceneOf({ ...situation, dialogue: { state: 'open' } })).toBe('waiting');
    expect(sceneOf({ ...situation, dialogue: { state: 'paused' } })).toBe('paused');
  });
});

describe('this hall’s marker', () => {
  it.each([
    ['a', 'onAir'],
    ['b', 'onDeck'],
    ['c', null],
    [null, null],
  ] as const)('of %s is %s', (bridgePointId, tally) => {
    expect(ownTally(stage, bridgePointId)).toBe(tally);
  });

  it('tells a held turn', () => {
    expect(ownTally({ ...stage, onAir: turn('a', 'held') }, 'a')).toBe('held');
    expect(ownTally(null, 'a')).toBe(null);
  });
});

it('names the halls on deck before those of the queue', () => {
  const halls = upcoming(stage, 'c', 3);
  expect(halls.map(({ name, isOnDeck, isHere }) => [name, isOnDeck, isHere])).toEqual([
    ['Hall b', true, false],
    ['Hall a', false, false],
    ['Hall c', false, true],
  ]);
  expect(upcoming(null, 'c', 3)).toEqual([]);
});
