import type { CaptionFact, StageFact, StageTurn } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { captionStayMs, linesToShow, ownTally, sceneOf, upcoming } from './scene.ts';

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
    expect(sceneOf({ status, dialogue: state && { state } })).toBe(scene);
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

describe('captions', () => {
  const captions = Array.from(
    { length: 60 },
    (_, position) => ({ id: `${position}`, position, at: position * 1_000 }) as CaptionFact,
  );

  it('are the newest few', () => {
    expect(linesToShow(captions, 60_000).map(({ position }) => position)).toEqual([
      54, 55, 56, 57, 58, 59,
    ]);
  });

  it('leave when nobody has spoken for a while', () => {
    expect(linesToShow(captions, 59_000 + captionStayMs)).toEqual([]);
    expect(linesToShow([], 0)).toEqual([]);
  });
});
