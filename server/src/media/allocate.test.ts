import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.ts';
import type { Receiver, StageFeed, StageView } from './allocate.ts';

const hallScreen: Receiver = {
  bridgePointId: 'hall-c',
  isPublisher: false,
  accountId: null,
  maxFeeds: 2,
  wantsVideo: true,
  wantsAudio: true,
  rung: 'video',
  maxHeight: 2160,
  watches: [],
};
const leader: StageFeed = { bridgePointId: 'centre', tier: 'onAir' };
const speaker: StageFeed = { bridgePointId: 'hall-a', tier: 'onAir' };
const next: StageFeed = { bridgePointId: 'hall-b', tier: 'onDeck' };
const waiting: StageFeed = { bridgePointId: 'hall-d', tier: 'standby' };
const [spoke, asked, last] = ['hall-f', 'hall-g', 'hall-h'].map((bridgePointId) => {
  return { bridgePointId, tier: 'onDeck' } as const;
}) as [StageFeed, StageFeed, StageFeed];
const third: StageFeed = { bridgePointId: 'hall-e', tier: 'onAir' };
const wall: Partial<Receiver> = { bridgePointId: null, maxFeeds: 0, wantsAudio: false };

/** `source feed layer state`, one a line. */
function lines(stage: Partial<StageView>, receiver: Partial<Receiver>): string[] {
  const view = { feeds: [], screen: null, lines: new Map<string, string>(), ...stage };
  return allocate(view, { ...hallScreen, ...receiver }).map((allotment) =>
    [
      allotment.source,
      allotment.bridgePointId,
      ...(allotment.accountId ? [`of ${allotment.accountId}`] : []),
      ...(allotment.preferredLayers ? [allotment.preferredLayers.spatialLayer] : []),
      allotment.paused ? 'paused' : allotment.every ? `each ${allotment.every} ms` : 'flowing',
    ].join(' '),
  );
}

describe('allocate, of the stage', () => {
  it.each<[string, StageFeed[], Partial<Receiver>, string[]]>([
    ['an empty stage', [], {}, []],
    ['standby only', [waiting], {}, []],
    ['one on air', [speaker], {}, ['microphone hall-a flowing', 'camera hall-a 2 flowing']],
    ['one on deck', [next], {}, ['microphone hall-b paused', 'camera hall-b 2 paused']],
    [
      'leader and speaker together',
      [leader, speaker],
      {},
      [
        'microphone centre flowing',
        'microphone hall-a flowing',
        'camera centre 2 flowing',
        'camera hall-a 2 flowing',
      ],
    ],
    [
      'on air before on deck, whatever the order',
      [next, leader],
      { maxFeeds: 1 },
      [
        'microphone centre flowing',
        'microphone hall-b paused',
        'camera centre 2 flowing',
        'camera hall-b 2 paused',
      ],
    ],
    [
      'no more on air than are shown, and the first three on deck',
      [speaker, leader, next, spoke, asked, last],
      { maxFeeds: 1, wantsAudio: false },
      [
        'camera hall-a 2 flowing',
        'camera hall-b 2 paused',
        'camera hall-f 2 paused',
        'camera hall-g 2 paused',
      ],
    ],
    [
      'none ready where none is shown',
      [leader, next],
      { maxFeeds: 0 },
      ['microphone centre flowing', 'microphone hall-b paused'],
    ],
    [
      'on deck in the layers that it will have on air',
      [leader, speaker, next],
      { maxFeeds: 4 },
      [
        'microphone centre flowing',
        'microphone hall-a flowing',
        'microphone hall-b paused',
        'camera centre 2 flowing',
        'camera hall-a 2 flowing',
        'camera hall-b 2 paused',
      ],
    ],
    [
      'three pictures on a full screen',
      [leader, speaker, third],
      { maxFeeds: 3, maxHeight: 720, wantsAudio: false },
      ['camera centre 1 flowing', 'camera hall-a 1 flowing', 'camera hall-e 1 flowing'],
    ],
    [
      'two pictures on a small screen',
      [leader, speaker],
      { maxHeight: 400, wantsAudio: false },
      ['camera centre 1 flowing', 'camera hall-a 1 flowing'],
    ],
    ['a thumbnail', [speaker], { maxHeight: 180, wantsAudio: false }, ['camera hall-a 0 flowing']],
    ['its own hall on air', [speaker], { bridgePointId: 'hall-a' }, []],
    [
      'its own hall on air beside the leader',
      [leader, speaker],
      { bridgePointId: 'hall-a' },
      ['microphone centre flowing', 'camera centre 2 flowing'],
    ],
    [
      'outside the halls',
      [speaker],
      { bridgePointId: null, wantsVideo: false },
      ['microphone hall-a flowing'],
    ],
    [
      'sound only',
      [leader, speaker],
      { wantsVideo: false },
      ['microphone centre flowing', 'microphone hall-a flowing'],
    ],
    ['pictures only', [speaker], { wantsAudio: false }, ['camera hall-a 2 flowing']],
    ['no pictures at once', [speaker], { maxFeeds: 0 }, ['microphone hall-a flowing']],
  ])('%s', (_, feeds, receiver, expected) => {
    expect(lines({ feeds }, receiver)).toEqual(expected);
  });
});

describe('allocate, down the ladder', () => {
  it.each<[Receiver['rung'], string[]]>([
    [
      'video',
      [
        'screenSound centre flowing',
        'microphone hall-a flowing',
        'microphone hall-b paused',
        'screen centre 2 flowing',
        'camera hall-a 2 flowing',
        'camera hall-b 2 paused',
      ],
    ],
    [
      'small',
      [
        'screenSound centre flowing',
        'microphone hall-a flowing',
        'microphone hall-b paused',
        'screen centre 0 flowing',
        'camera hall-a 0 flowing',
        'camera hall-b 0 paused',
      ],
    ],
    [
      'still',
      [
        'screenSound centre flowing',
        'microphone hall-a flowing',
        'microphone hall-b paused',
        'screen centre 0 each 4000 ms',
        'camera hall-a 0 each 4000 ms',
        'camera hall-b 0 paused',
      ],
    ],
    [
      'audio',
      ['screenSound centre flowing', 'microphone hall-a flowing', 'microphone hall-b paused'],
    ],
    ['captions', []],
  ])('%s', (rung, expected) => {
    expect(lines({ feeds: [speaker, next], screen: 'centre' }, { rung })).toEqual(expected);
  });
});

describe('allocate, of what is presented', () => {
  it('shows the screen to all, and cameras beside it at most in middle size', () => {
    expect(lines({ feeds: [speaker], screen: 'hall-a' }, { maxHeight: 720 })).toEqual([
      'screenSound hall-a flowing',
      'microphone hall-a flowing',
      'screen hall-a 2 flowing',
      'camera hall-a 1 flowing',
    ]);
  });

  it.each<[string, Partial<Receiver>, string]>([
    ['in full on a large screen', { maxHeight: 1080 }, 'screen centre 2 flowing'],
    ['in full as long as half would look coarse', { maxHeight: 481 }, 'screen centre 2 flowing'],
    ['in half in a small preview', { maxHeight: 360 }, 'screen centre 0 flowing'],
    ['in half on a poor line', { maxHeight: 1080, rung: 'small' }, 'screen centre 0 flowing'],
    [
      'as stills in a small preview on a bad line',
      { maxHeight: 360, rung: 'still' },
      'screen centre 0 each 4000 ms',
    ],
  ])('is shown %s', (_, receiver, expected) => {
    expect(lines({ screen: 'centre' }, { ...receiver, wantsAudio: false })).toEqual([expected]);
  });

  it('plays no sound of it in its own hall', () => {
    expect(lines({ screen: 'hall-c' }, {})).toEqual(['screen hall-c 2 flowing']);
  });
});

describe('allocate, of what is watched', () => {
  it.each<[string, StageFeed[], Partial<Receiver>, string[]]>([
    ['on standby', [waiting], { watches: ['hall-d'] }, ['camera hall-d 0 flowing']],
    ['on deck', [next], { watches: ['hall-b'] }, ['camera hall-b 0 flowing']],
    [
      'on deck and shown: once, flowing',
      [next],
      { watches: ['hall-b'], maxFeeds: 2 },
      ['camera hall-b 0 flowing'],
    ],
    [
      'on air and shown: as the stage has it',
      [speaker],
      { watches: ['hall-a'], maxFeeds: 2 },
      ['camera hall-a 2 flowing'],
    ],
    ['with sound alone', [waiting], { watches: ['hall-d'], rung: 'audio' }, []],
  ])('%s', (_, feeds, receiver, expected) => {
    expect(lines({ feeds }, { ...wall, ...receiver })).toEqual(expected);
  });
});

describe('allocate, of private lines', () => {
  const talk = new Map([['hall-a', 'account-1']]);
  it.each<[string, Partial<Receiver>, string[]]>([
    [
      'the hall’s computer',
      { bridgePointId: 'hall-a', isPublisher: true },
      ['line hall-a of account-1 flowing'],
    ],
    ['the hall’s projector', { bridgePointId: 'hall-a' }, []],
    ['the operator', { bridgePointId: null, accountId: 'account-1' }, ['line hall-a flowing']],
    ['another operator', { bridgePointId: null, accountId: 'account-2' }, []],
    ['another hall’s computer', { isPublisher: true }, []],
    [
      'an operator without sound of the stage',
      { ...wall, accountId: 'account-1' },
      ['line hall-a flowing'],
    ],
  ])('%s', (_, receiver, expected) => {
    expect(lines({ lines: talk }, receiver)).toEqual(expected);
  });
});
