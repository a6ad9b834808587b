import type { CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordingEngine } from '../kernel/engine.fixture.ts';
import { DialogueState, type Turn } from '../kernel/state.ts';
import { type HallLink, LinkWatch } from './link-watch.ts';

const graceMs = 5_000;
const link = (computer: boolean, microphone: boolean): ReadonlyMap<string, HallLink> =>
  new Map([['hall', { computer, microphone }]]);
const none: ReadonlyMap<string, HallLink> = new Map();
/** A page of the hall is open and publishes nothing. */
const idle = link(true, false);
const sending = link(true, true);

function onAir(): DialogueState {
  const state = new DialogueState('d');
  const turn: Turn = {
    id: 't',
    questionId: 'q',
    heldReason: null,
    endReason: null,
    extendedMs: 0,
    districtSpokenMs: 0,
    handId: null,
    kind: 'question',
    bridgePointId: 'hall',
    state: 'onAir',
    clock: { elapsedMs: 0, runningSince: 0 },
    budgetMs: 1,
    preparedAt: 0,
    calledAt: 0,
    endedAt: null,
  };
  state.turns.set(turn.id, turn);
  state.currentTurnId = turn.id;
  return state;
}

describe('LinkWatch', () => {
  let engine: RecordingEngine;
  let watch: LinkWatch;

  beforeEach(() => {
    vi.useFakeTimers();
    engine = new RecordingEngine();
    watch = new LinkWatch(engine, graceMs, (error) => {
      throw error;
    });
  });

  afterEach(() => {
    watch.close();
    vi.useRealTimers();
  });

  it('holds the turn of a hall that stays away', () => {
    watch.handleLinks('d', idle);
    watch.handleState(onAir());
    watch.handleLinks('d', none);
    vi.advanceTimersByTime(graceMs - 1);
    expect(engine.sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(engine.sent).toMatchObject([
      { name: 'floor.hold', payload: { turnId: 't', reason: 'linkLost' } },
    ]);
  });

  it('lets a short loss pass', () => {
    watch.handleLinks('d', idle);
    watch.handleState(onAir());
    watch.handleLinks('d', none);
    vi.advanceTimersByTime(graceMs - 1);
    watch.handleLinks('d', idle);
    vi.advanceTimersByTime(graceMs * 10);
    expect(engine.sent).toEqual([]);
  });

  it('forgets a turn that ended meanwhile', () => {
    const state = onAir();
    watch.handleState(state);
    state.currentTurnId = null;
    watch.handleState(state);
    vi.advanceTimersByTime(graceMs * 10);
    expect(engine.sent).toEqual([]);
  });

  it('holds a turn that was on air when nobody had come back from a restart', () => {
    watch.handleState(onAir());
    vi.advanceTimersByTime(graceMs);
    expect(engine.sent).toHaveLength(1);
  });

  it('never holds the leader’s hall', () => {
    const state = onAir();
    state.dialogue = { id: 'd', state: 'live', centralBridgePointId: 'hall' } as never;
    watch.handleState(state);
    vi.advanceTimersByTime(graceMs * 10);
    expect(engine.sent).toEqual([]);
  });

  it('is not led astray by a state that changes after it was told', () => {
    const state = onAir();
    watch.handleLinks('d', idle);
    watch.handleState(state);
    state.turns.get('t')!.state = 'held';
    watch.handleLinks('d', none);
    vi.advanceTimersByTime(graceMs);
    expect(engine.sent).toHaveLength(1);
  });

  // Each step: a link, for how many ms. Held or not at the end.
  it.each<[what: string, steps: [ReadonlyMap<string, HallLink>, number][], isHeld: boolean]>([
    ['a page that never published', [[idle, graceMs * 10]], false],
    ['a microphone that is sent', [[sending, graceMs * 10]], false],
    [
      'a page that stays behind without its microphone',
      [
        [sending, 1],
        [idle, graceMs],
      ],
      true,
    ],
    [
      'a microphone lost after a late beginning',
      [
        [idle, graceMs],
        [sending, 1],
        [idle, graceMs],
      ],
      true,
    ],
    [
      'another microphone chosen',
      [
        [sending, 1],
        [idle, graceMs - 1],
        [sending, graceMs * 10],
      ],
      false,
    ],
    [
      'a microphone sent while the socket reconnects',
      [
        [sending, 1],
        [link(false, true), graceMs * 10],
      ],
      false,
    ],
    [
      'a page that reconnects but does not publish again',
      [
        [sending, 1],
        [none, 1_000],
        [idle, graceMs],
      ],
      true,
    ],
  ])('%s', (_what, steps, isHeld) => {
    watch.handleLinks('d', steps[0]![0]);
    watch.handleState(onAir());
    for (const [links, ms] of steps) {
      watch.handleLinks('d', links);
      vi.advanceTimersByTime(ms);
    }
    expect(engine.sent).toHaveLength(isHeld ? 1 : 0);
  });

  it('asks anew of each turn whether it published', () => {
    watch.handleLinks('d', sending);
    watch.handleState(onAir());
    const next = onAir();
    const turn = next.turns.get('t')!;
    turn.id = 't2';
    next.turns.set('t2', turn);
    next.currentTurnId = 't2';
    watch.handleLinks('d', idle);
    watch.handleState(next);
    vi.advanceTimersByTime(graceMs * 10);
    expect(engine.sent).toEqual([]);
  });

  describe('while the log cannot be written', () => {
    const unavailable: CommandOutcome = { ok: false, error: { code: 'unavailable' } };

    beforeEach(async () => {
      engine.outcomes.push(unavailable, unavailable);
      watch.handleLinks('d', sending);
      watch.handleState(onAir());
      watch.handleLinks('d', none);
      await vi.advanceTimersByTimeAsync(graceMs);
      expect(engine.sent).toHaveLength(1);
    });

    it('tries again, also when the hall is back meanwhile', async () => {
      watch.handleLinks('d', sending);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(engine.sent).toHaveLength(2);
      // Somebody else's commit says that the turn is still on air.
      watch.handleState(onAir());
      await vi.advanceTimersByTimeAsync(graceMs * 10);
      expect(engine.sent).toHaveLength(3);
      expect(new Set(engine.sent.map(({ commandId }) => commandId)).size).toBe(1);
    });

    it.each<[what: string, change: (state: DialogueState) => void]>([
      ['is held', (state) => (state.turns.get('t')!.state = 'held')],
      ['is over', (state) => (state.currentTurnId = null)],
    ])('leaves a turn alone that %s meanwhile', async (_what, change) => {
      const state = onAir();
      change(state);
      watch.handleState(state);
      await vi.advanceTimersByTimeAsync(graceMs * 10);
      expect(engine.sent).toHaveLength(1);
    });

    it('does nothing once closed', async () => {
      watch.close();
      await vi.advanceTimersByTimeAsync(graceMs * 10);
      expect(engine.sent).toHaveLength(1);
    });
  });
});
