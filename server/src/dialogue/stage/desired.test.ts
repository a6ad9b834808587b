import type { TurnState } from '@nhip-cau/shared/model/floor';
import { defaultRules, type DialogueState as SessionState } from '@nhip-cau/shared/model/session';
import { describe, expect, it } from 'vitest';
import { DialogueState, type Question } from '../kernel/state.ts';
import { desiredStage, silenced } from './desired.ts';

function stateOf(session: SessionState, turns: [hall: string, state: TurnState][]): DialogueState {
  const state = new DialogueState('d');
  state.dialogue = {
    id: 'd',
    title: '',
    organiser: '',
    startsAt: 0,
    state: session,
    fields: [],
    agencies: [],
    namePolicy: 'optional',
    turnSeconds: 60,
    rules: defaultRules,
    centralBridgePointId: 'central',
    createdAt: 0,
    startedAt: null,
    endedAt: null,
    recordingSince: null,
    broadcastSince: null,
    broadcastCode: null,
    presentation: null,
  };
  for (const [bridgePointId, turn] of turns) {
    state.turns.set(bridgePointId, {
      id: bridgePointId,
      questionId: 'q',
      heldReason: null,
      endReason: null,
      extendedMs: 0,
      districtSpokenMs: 0,
      handId: null,
      kind: 'question',
      bridgePointId,
      state: turn,
      clock: { elapsedMs: 0, runningSince: null },
      budgetMs: 1,
      preparedAt: 0,
      calledAt: 0,
      endedAt: null,
    });
    if (turn === 'onDeck') state.onDeckTurnIds.add(bridgePointId);
    if (turn === 'onAir' || turn === 'held') state.currentTurnId = bridgePointId;
  }
  return state;
}

const all = (...halls: string[]) => Object.fromEntries(halls.map((hall) => [hall, 'onDeck']));

describe('the screen that is presented', () => {
  it.each<
    [what: string, SessionState, turn: TurnState | null, muted: boolean, hall: string | null]
  >([
    ['of the hall that speaks', 'live', 'onAir', false, 'a'],
    ['of a hall that was interrupted', 'live', 'held', false, null],
    ['of a hall without a turn', 'live', null, false, null],
    ['of a hall that was muted', 'live', 'onAir', true, null],
    ['while the dialogue pauses', 'paused', 'onAir', false, null],
    ['before it begins', 'open', null, false, null],
    ['after its end', 'ended', 'onAir', false, null],
  ])('%s', (_what, session, turn, muted, hall) => {
    const state = stateOf(session, turn === null ? [] : [['a', turn]]);
    state.dialogue!.presentation = { kind: 'screen', bridgePointId: 'a' };
    state.equipment.set('a', { id: 'a', muted, mutedBy: null, camera: null, microphone: null });
    expect(desiredStage(state).screen).toBe(hall);
  });

  it.each<[SessionState, string | null]>([
    ['open', null],
    ['live', 'central'],
    ['paused', null],
  ])('of the head table while the dialogue is %s', (session, hall) => {
    const state = stateOf(session, []);
    state.dialogue!.presentation = { kind: 'screen', bridgePointId: 'central' };
    expect(desiredStage(state).screen).toBe(hall);
  });
});

describe('desiredStage', () => {
  it.each<[SessionState, [string, TurnState][], Record<string, string>]>([
    ['draft', [], {}],
    ['open', [], {}],
    ['open', [['a', 'onDeck']], { a: 'onDeck' }],
    ['live', [], { central: 'onAir' }],
    ['live', [['a', 'onAir']], { central: 'onAir', a: 'onAir' }],
    ['live', [['a', 'held']], { central: 'onAir', a: 'onDeck' }],
    [
      'live',
      [
        ['a', 'onAir'],
        ['b', 'onDeck'],
      ],
      { central: 'onAir', a: 'onAir', b: 'onDeck' },
    ],
    ['live', [['central', 'onAir']], { central: 'onAir' }],
    // The leader speaks on, whatever becomes of a turn in the leader's own hall.
    ['live', [['central', 'held']], { central: 'onAir' }],
    ['live', [['a', 'ended']], { central: 'onAir' }],
    // Nothing is open while the dialogue pauses, not even what the turn says.
    ['paused', [['a', 'onAir']], { a: 'onDeck' }],
    ['paused', [['a', 'held']], { a: 'onDeck' }],
    ['ended', [['a', 'onAir']], {}],
  ])('%s with %j wants %j', (session, turns, feeds) => {
    expect(Object.fromEntries(desiredStage(stateOf(session, turns)).feeds)).toEqual(feeds);
  });

  it.each<
    [what: string, SessionState, [string, TurnState][], hall: string, Record<string, string>]
  >([
    ['who spoke last and whose question it was', 'live', [], 'a', { a: 'onDeck', b: 'onDeck' }],
    ['the asker’s hall once', 'live', [], 'b', { b: 'onDeck' }],
    [
      'the asker’s hall while another one replies',
      'live',
      [['a', 'onAir']],
      'a',
      { a: 'onAir', b: 'onDeck' },
    ],
    ['both while the dialogue pauses', 'paused', [], 'a', { a: 'onDeck', b: 'onDeck' }],
    ['both beside those that are called next', 'live', [['c', 'onDeck']], 'a', all('a', 'b', 'c')],
    ['the leader’s hall on air all the same', 'live', [], 'central', { b: 'onDeck' }],
    ['nobody after the end', 'ended', [], 'a', {}],
  ])('keeps ready for a reply: %s', (_what, session, turns, hall, feeds) => {
    const state = stateOf(session, turns);
    state.questions.set('q', { id: 'q', bridgePointId: 'b' } as Question);
    Object.assign(state.talk, { bridgePointId: hall, questionId: 'q' });
    const leader = session === 'live' ? { central: 'onAir' } : {};
    expect(Object.fromEntries(desiredStage(state).feeds)).toEqual({ ...feeds, ...leader });
  });

  it('puts who spoke last before those that are called next', () => {
    const state = stateOf('live', [['c', 'onDeck']]);
    state.talk.bridgePointId = 'a';
    expect([...desiredStage(state).feeds.keys()]).toEqual(['a', 'c', 'central']);
  });

  it.each<[SessionState, string[], [string, string][]]>([
    ['open', ['a'], [['c', 'an']]],
    ['live', ['a'], [['c', 'an']]],
    ['ended', [], []],
  ])('%s keeps muted halls and open lines as they are', (session, muted, lines) => {
    const state = stateOf(session, [['a', 'onAir']]);
    const asked = { mutedBy: null, camera: null, microphone: null };
    state.equipment.set('a', { id: 'a', muted: true, ...asked });
    state.equipment.set('b', { id: 'b', muted: false, ...asked });
    const line = { rungBy: null, accountId: 'an', name: 'An', since: 0 };
    state.voiceLines.set('c', { id: 'c', state: 'open', ...line });
    state.voiceLines.set('d', { id: 'd', state: 'ringing', ...line });
    state.voiceLines.set('e', { id: 'e', state: 'idle', ...line, accountId: null });
    const desired = desiredStage(state);
    expect([[...desired.muted], [...desired.lines]]).toEqual([muted, lines]);
  });
});

describe('a stage that nobody can read any more', () => {
  it('has every microphone closed, and its pictures still', () => {
    const stage = {
      feeds: new Map([
        ['central', 'onAir'],
        ['a', 'onAir'],
        ['b', 'onDeck'],
      ] as const),
      screen: 'central',
      lines: new Map([['c', 'account']]),
      muted: new Set(['d']),
    };
    expect(silenced(stage)).toEqual({
      feeds: stage.feeds,
      screen: null,
      lines: new Map(),
      muted: new Set(['central', 'a', 'd']),
    });
  });
});
