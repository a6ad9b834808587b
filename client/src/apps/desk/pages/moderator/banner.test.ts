import type { StageTurn } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import vi from '../../../../locales/vi/moderator.ts';
import { bannerKinds, hallBanner } from './banner.ts';
import type { BannerKind, HallBanner, HallSituation } from './banner.ts';

const here = 'here';
const central = 'central';

function turn(bridgePointId: string, state: StageTurn['state']): StageTurn {
  return {
    turnId: `turn-${bridgePointId}`,
    kind: 'question',
    heldReason: null,
    extendedMs: 0,
    districtSpokenMs: 0,
    muted: false,
    people: 1,
    halls: 1,
    questionId: 'q',
    bridgePointId,
    bridgePointName: bridgePointId,
    district: '',
    state,
    clock: { elapsedMs: 0, runningSince: null },
    budgetMs: 180_000,
    wording: '',
    field: null,
    asker: null,
  };
}

const live = { state: 'live', centralBridgePointId: central } as const;
const empty = { onAir: null, onDeck: [] };
const calm: HallSituation = {
  bridgePointId: here,
  connection: 'online',
  dialogue: live,
  stage: empty,
  feed: { microphone: 'closed' },
  sending: 'on',
  place: null,
  muted: false,
  isBlind: false,
};
const open = { microphone: 'open' } as const;
const mine = { onAir: turn(here, 'onAir'), onDeck: [] };
const held = { onAir: turn(here, 'held'), onDeck: [] };
const deck = {
  onAir: turn('other', 'onAir'),
  onDeck: [turn('third', 'onDeck'), turn(here, 'onDeck')],
};

const cases: [string, Partial<HallSituation>, BannerKind, Partial<HallBanner>?][] = [
  ['nothing for this hall', {}, 'standby', { tally: 'standby', action: null }],
  ['camera off', { sending: 'off', feed: null }, 'standby', { action: 'startCamera' }],
  ['third in the queue', { place: 3 }, 'queued', { count: 3, tally: 'standby' }],
  ['before the start', { dialogue: { ...live, state: 'open' }, place: 1 }, 'notStarted'],
  ['nothing known yet', { dialogue: null, stage: null }, 'standby'],
  ['a pause', { dialogue: { ...live, state: 'paused' } }, 'paused'],
  ['the end', { dialogue: { ...live, state: 'ended' }, place: 4 }, 'ended'],

  ['second on deck', { stage: deck }, 'onDeckBehind', { count: 1, turnId: 'turn-here' }],
  ['first on deck', { stage: { ...empty, onDeck: [turn(here, 'onDeck')] } }, 'onDeckNext'],
  [
    'on deck, camera off',
    { stage: deck, sending: 'off', feed: null },
    'onDeckNotSending',
    { action: 'startCamera', tally: 'onDeck' },
  ],
  [
    'on deck, devices starting',
    { stage: deck, sending: 'starting' },
    'onDeckNotSending',
    { action: null },
  ],

  ['called and open', { stage: mine, feed: open }, 'onAir', { tally: 'onAir', action: 'end' }],
  ['called, not yet open', { stage: mine }, 'opening', { tally: 'onDeck' }],
  ['called and muted by the desk', { stage: mine, muted: true }, 'muted', { tally: 'held' }],
  ['muted while nobody calls', { muted: true }, 'standby'],
  [
    'called, and the server cannot read its log',
    { stage: mine, isBlind: true },
    'blind',
    { tally: 'held', action: null, turnId: 'turn-here' },
  ],
  ['nobody calls, and the server cannot read its log', { isBlind: true }, 'standby'],
  [
    'called, camera off',
    { stage: mine, sending: 'off', feed: null },
    'calledNotSending',
    { action: 'startCamera' },
  ],
  ['over, not yet closed', { feed: open }, 'onAir', { action: null }],
  [
    'paused, not yet closed',
    { stage: mine, feed: open, dialogue: { ...live, state: 'paused' } },
    'onAir',
  ],
  ['a turn in a pause', { stage: mine, dialogue: { ...live, state: 'paused' } }, 'turnPaused'],
  ['held', { stage: held }, 'held', { action: 'resume', turnId: 'turn-here' }],
  [
    'interrupted',
    { stage: { ...held, onAir: { ...held.onAir, heldReason: 'person' } } },
    'interrupted',
    { action: null, turnId: 'turn-here' },
  ],
  ['held, camera off', { stage: held, sending: 'off', feed: null }, 'calledNotSending'],
  ['another hall on air', { stage: { onAir: turn('other', 'onAir'), onDeck: [] } }, 'standby'],
  ['the leader’s hall', { bridgePointId: central, feed: open }, 'onAirCentral'],
  [
    'the leader’s hall, camera off',
    { bridgePointId: central, sending: 'off', feed: null },
    'calledNotSending',
  ],

  ['no line', { connection: 'offline', stage: mine }, 'offline', { tally: 'offline' }],
  [
    'no line, last known open',
    { connection: 'offline', feed: open },
    'offlineMayBeOpen',
    { tally: 'held' },
  ],
  [
    'connecting again, last known open',
    { connection: 'connecting', feed: open },
    'offlineMayBeOpen',
  ],
  ['connecting', { connection: 'connecting' }, 'connecting'],
  ['session ended', { connection: 'revoked', feed: open }, 'revoked'],
  [
    'another computer sends',
    { sending: 'replaced', stage: deck },
    'replaced',
    { action: 'takeOver' },
  ],
];

describe('the hall’s banner', () => {
  it.each(cases)('%s', (_, situation, kind, rest = {}) => {
    expect(hallBanner({ ...calm, ...situation })).toMatchObject({ kind, ...rest });
  });

  it('shows red exactly when the server says that the microphone is open and the line stands', () => {
    for (const [, change] of cases) {
      const situation = { ...calm, ...change };
      const expected = situation.connection === 'online' && situation.feed?.microphone === 'open';
      expect(hallBanner(situation).tally === 'onAir').toBe(expected);
    }
  });

  it('has its words for every kind, and tells of the microphone in each', () => {
    expect(Object.keys(vi.banner).toSorted()).toEqual([...bannerKinds].toSorted());
    const silent = Object.values(vi.banner).filter(
      ({ title }) => !/micro|kết nối|phiên/i.test(title),
    );
    expect(silent).toEqual([]);
  });

  it('is reached in every kind by a case', () => {
    expect(new Set(cases.map(([, , kind]) => kind)).size).toBe(bannerKinds.length);
  });
});
