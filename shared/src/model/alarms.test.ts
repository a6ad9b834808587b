import { describe, expect, it } from 'vitest';
import { type AlarmKind, alarmsOf, compareAlarms, type HallSituation, stakeOf } from './alarms.ts';
import type { PageHealth } from './health.ts';

const fine: PageHealth = {
  picture: 'ok',
  sound: 'ok',
  echo: false,
  levelDbfs: -30,
  upKbps: 1_000,
  downKbps: 2_000,
  upLossPercent: 0,
  downLossPercent: 0,
  rttMs: 50,
  freezes: 0,
  clockOffsetMs: 0,
};
const here = { computer: true, camera: true, microphone: true };
const gone = { computer: false, camera: false, microphone: false };
const hall = (change: Partial<HallSituation>, health: Partial<PageHealth> = {}): HallSituation => ({
  presence: here,
  health: { computer: { ...fine, ...health }, screen: null },
  stake: 'other',
  isExpected: true,
  isMuted: false,
  ...change,
});

describe('the alarms of a hall', () => {
  it.each<[string, HallSituation, AlarmKind[]]>([
    ['all is well', hall({}), []],
    ['not measured yet', hall({ health: null }), []],
    ['gone', hall({ presence: null }), ['offline']],
    ['only its screen is there', hall({ presence: gone }), ['offline']],
    ['an encoder sends for it', hall({ presence: { ...here, computer: false } }), []],
    ['not come yet', hall({ presence: null, isExpected: false }), []],
    ['next and not there', hall({ presence: null, isExpected: false, stake: 'next' }), ['offline']],
    ['its camera is off and nobody waits', hall({ presence: { ...here, camera: false } }), []],
    [
      'its camera is off on deck',
      hall({ presence: { ...here, camera: false }, stake: 'onDeck' }),
      ['noPicture'],
    ],
    [
      'nothing is sent on air',
      hall({ presence: { ...here, camera: false, microphone: false }, stake: 'onAir' }),
      ['noPicture', 'noSound'],
    ],
    ['a dead microphone', hall({}, { sound: 'silent' }), ['noSound']],
    ['a microphone that was closed on purpose', hall({ isMuted: true }, { sound: 'silent' }), []],
    ['black', hall({}, { picture: 'black' }), ['black']],
    ['frozen, and an echo', hall({}, { picture: 'frozen', echo: true }), ['frozen', 'echo']],
    ['loss on the way up', hall({}, { upLossPercent: 5 }), ['loss']],
    ['loss on the way down', hall({}, { downLossPercent: 12 }), ['loss']],
    ['a little loss', hall({}, { upLossPercent: 4 }), []],
    ['a thin line', hall({}, { upKbps: 180 }), ['lowBandwidth']],
    ['no estimate', hall({}, { upKbps: null, downKbps: null }), []],
  ])('%s', (_case, situation, expected) => expect(alarmsOf(situation)).toEqual(expected));

  it('come by what matters next, then by what is gravest', () => {
    const halls = [
      { id: 1, stake: 'other', alarms: ['offline'] },
      { id: 2, stake: 'next', alarms: ['loss'] },
      { id: 3, stake: 'onDeck', alarms: ['lowBandwidth'] },
      { id: 4, stake: 'onDeck', alarms: ['noSound', 'loss'] },
      { id: 5, stake: 'onAir', alarms: ['echo'] },
      { id: 6, stake: 'other', alarms: ['echo'] },
    ] as const;
    expect([...halls].sort(compareAlarms).map(({ id }) => id)).toEqual([5, 4, 3, 2, 1, 6]);
  });

  it('weigh a hall by its place on the stage', () => {
    const at = (bridgePointId: string) => ({ bridgePointId });
    const stage = { onAir: at('a'), onDeck: [at('b')], next: [at('a'), at('c')] };
    expect(['a', 'b', 'c', 'd'].map((id) => stakeOf(id, stage))).toEqual([
      'onAir',
      'onDeck',
      'next',
      'other',
    ]);
    expect(stakeOf('a', null)).toBe('other');
  });
});
