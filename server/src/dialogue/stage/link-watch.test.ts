import type { CommandEnvelope } from '@nhip-cau/shared/protocol/commands';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DialogueState, type Turn } from '../kernel/state.ts';
import { LinkWatch } from './link-watch.ts';

const graceMs = 5_000;

function onAir(): DialogueState {
  const state = new DialogueState('d');
  const turn: Turn = {
    id: 't',
    questionId: 'q',
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
  let sent: CommandEnvelope[];
  let watch: LinkWatch;

  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    const engine = {
      execute: (_actor: unknown, envelope: CommandEnvelope) => {
        sent.push(envelope);
        return Promise.resolve({ ok: true as const, seq: 1 });
      },
      read: () => Promise.resolve(null),
    };
    watch = new LinkWatch(engine, graceMs, (error) => {
      throw error;
    });
  });

  afterEach(() => {
    watch.close();
    vi.useRealTimers();
  });

  it('holds the turn of a hall that stays away', () => {
    watch.handleLinks('d', new Set(['hall']));
    watch.handleState(onAir());
    watch.handleLinks('d', new Set());
    vi.advanceTimersByTime(graceMs - 1);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(sent).toMatchObject([
      { name: 'floor.hold', payload: { turnId: 't', reason: 'linkLost' } },
    ]);
  });

  it('lets a short loss pass', () => {
    watch.handleLinks('d', new Set(['hall']));
    watch.handleState(onAir());
    watch.handleLinks('d', new Set());
    vi.advanceTimersByTime(graceMs - 1);
    watch.handleLinks('d', new Set(['hall']));
    vi.advanceTimersByTime(graceMs * 10);
    expect(sent).toEqual([]);
  });

  it('forgets a turn that ended meanwhile', () => {
    const state = onAir();
    watch.handleState(state);
    state.currentTurnId = null;
    watch.handleState(state);
    vi.advanceTimersByTime(graceMs * 10);
    expect(sent).toEqual([]);
  });

  it('holds a turn that was on air when nobody had come back from a restart', () => {
    watch.handleState(onAir());
    vi.advanceTimersByTime(graceMs);
    expect(sent).toHaveLength(1);
  });
});
