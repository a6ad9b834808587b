import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.ts';
import type { Receiver, StageFeed } from './allocate.ts';

const hallScreen: Receiver = {
  bridgePointId: 'hall-c',
  maxFeeds: 2,
  wantsVideo: true,
  wantsAudio: true,
};
const leader: StageFeed = { bridgePointId: 'centre', tier: 'onAir' };
const speaker: StageFeed = { bridgePointId: 'hall-a', tier: 'onAir' };
const next: StageFeed = { bridgePointId: 'hall-b', tier: 'onDeck' };
const waiting: StageFeed = { bridgePointId: 'hall-d', tier: 'standby' };

/** `kind feed layer paused?`, one a line. */
function lines(stage: StageFeed[], receiver: Partial<Receiver> = {}): string[] {
  return allocate(stage, { ...hallScreen, ...receiver }).map((allotment) =>
    [
      allotment.kind,
      allotment.bridgePointId,
      ...(allotment.preferredLayers ? [allotment.preferredLayers.spatialLayer] : []),
      allotment.paused ? 'paused' : 'flowing',
    ].join(' '),
  );
}

describe('allocate', () => {
  it.each<[string, StageFeed[], Partial<Receiver>, string[]]>([
    ['an empty stage', [], {}, []],
    ['standby only', [waiting], {}, []],
    ['one on air', [speaker], {}, ['audio hall-a flowing', 'video hall-a 2 flowing']],
    ['one on deck', [next], {}, ['audio hall-b paused', 'video hall-b 2 paused']],
    [
      'leader and speaker together',
      [leader, speaker],
      {},
      [
        'audio centre flowing',
        'audio hall-a flowing',
        'video centre 2 flowing',
        'video hall-a 2 flowing',
      ],
    ],
    [
      'on air before on deck, whatever the order',
      [next, leader],
      { maxFeeds: 1 },
      ['audio centre flowing', 'audio hall-b paused', 'video centre 2 flowing'],
    ],
    [
      'the third picture small',
      [leader, speaker, next],
      { maxFeeds: 4 },
      [
        'audio centre flowing',
        'audio hall-a flowing',
        'audio hall-b paused',
        'video centre 2 flowing',
        'video hall-a 2 flowing',
        'video hall-b 1 paused',
      ],
    ],
    ['its own hall on air', [speaker], { bridgePointId: 'hall-a' }, []],
    [
      'its own hall on air beside the leader',
      [leader, speaker],
      { bridgePointId: 'hall-a' },
      ['audio centre flowing', 'video centre 2 flowing'],
    ],
    [
      'outside the halls',
      [speaker],
      { bridgePointId: null, wantsVideo: false },
      ['audio hall-a flowing'],
    ],
    [
      'sound only',
      [leader, speaker],
      { wantsVideo: false },
      ['audio centre flowing', 'audio hall-a flowing'],
    ],
    ['pictures only', [speaker], { wantsAudio: false }, ['video hall-a 2 flowing']],
    ['no pictures at once', [speaker], { maxFeeds: 0 }, ['audio hall-a flowing']],
  ])('%s', (_, stage, receiver, expected) => {
    expect(lines(stage, receiver)).toEqual(expected);
  });
});
