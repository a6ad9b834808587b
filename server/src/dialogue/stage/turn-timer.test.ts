import { timeUpGraceMs } from '@nhip-cau/shared/model/floor';
import { defaultRules, type TimeUpPolicy } from '@nhip-cau/shared/model/session';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordingEngine } from '../kernel/engine.fixture.ts';
import { DialogueState, type Turn } from '../kernel/state.ts';
import { TurnTimer } from './turn-timer.ts';

const beganAt = 1_000_000;
const budgetMs = 180_000;
const dueMs = budgetMs + timeUpGraceMs;

function stateWith(turn: Partial<Turn> | null = {}, timeUp: TimeUpPolicy = 'end'): DialogueState {
  const state = new DialogueState('d');
  state.dialogue = { id: 'd', state: 'live', rules: { ...defaultRules, timeUp } } as never;
  if (turn) {
    const made = {
      id: 't',
      state: 'onAir',
      clock: { elapsedMs: 0, runningSince: beganAt },
      budgetMs,
      ...turn,
    } as Turn;
    state.turns.set(made.id, made);
    state.currentTurnId = made.id;
  }
  return state;
}

describe('TurnTimer', () => {
  let engine: RecordingEngine;
  let errors: unknown[];
  let timer: TurnTimer;

  const ended = () => engine.sent.map(({ payload }) => (payload as { turnId: string }).turnId);

  beforeEach(() => {
    vi.useFakeTimers({ now: beganAt });
    engine = new RecordingEngine();
    errors = [];
    timer = new TurnTimer(engine, (error) => errors.push(error));
  });

  afterEach(() => {
    timer.close();
    vi.useRealTimers();
    expect(errors).toEqual([]);
  });

  it('ends a turn when its time and its grace are over, not before, and once', () => {
    timer.handleState(stateWith());
    vi.advanceTimersByTime(dueMs - 1);
    expect(engine.sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(engine.sent).toMatchObject([
      { name: 'floor.end', payload: { turnId: 't', reason: 'timeUp' }, dialogueId: 'd' },
    ]);
    timer.handleState(stateWith({ state: 'ended' }));
    vi.advanceTimersByTime(dueMs * 10);
    expect(engine.sent).toHaveLength(1);
  });

  // What is told after a minute, and how long from the beginning until the end.
  it.each<[what: string, later: DialogueState, endsAfterMs: number | null]>([
    ['nothing new', stateWith(), dueMs],
    ['an extension', stateWith({ budgetMs: budgetMs + 60_000 }), dueMs + 60_000],
    ['less time', stateWith({ budgetMs: budgetMs - 30_000 }), dueMs - 30_000],
    ['less than was spoken', stateWith({ budgetMs: 10_000 }), 60_000],
    [
      'a hold',
      stateWith({ state: 'held', clock: { elapsedMs: 60_000, runningSince: null } }),
      null,
    ],
    [
      'a hold and a resumption',
      stateWith({ clock: { elapsedMs: 40_000, runningSince: beganAt + 60_000 } }),
      dueMs + 20_000,
    ],
    ['its end', stateWith(null), null],
    ['another rule', stateWith({}, 'warn'), null],
    [
      'another turn',
      stateWith({ id: 't2', clock: { elapsedMs: 0, runningSince: beganAt + 60_000 } }),
      dueMs + 60_000,
    ],
  ])('follows %s', (_what, later, endsAfterMs) => {
    timer.handleState(stateWith());
    vi.advanceTimersByTime(60_000);
    timer.handleState(later);
    if (endsAfterMs !== null) {
      vi.advanceTimersByTime(Math.max(0, endsAfterMs - 60_000 - 1));
      expect(engine.sent).toHaveLength(endsAfterMs === 60_000 ? 1 : 0);
      vi.advanceTimersByTime(1);
      expect(ended()).toEqual([later.currentTurnId]);
    }
    vi.advanceTimersByTime(dueMs * 10);
    expect(engine.sent).toHaveLength(endsAfterMs === null ? 0 : 1);
  });

  it('knows after a restart from the log alone how long is left', () => {
    vi.setSystemTime(beganAt + dueMs - 5_000);
    timer.handleState(stateWith());
    vi.advanceTimersByTime(4_999);
    expect(engine.sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ended()).toEqual(['t']);
  });

  it('ends at once what was over before a restart', () => {
    vi.setSystemTime(beganAt + dueMs * 3);
    timer.handleState(stateWith());
    vi.advanceTimersByTime(0);
    expect(ended()).toEqual(['t']);
  });

  it('waits on when the clock was set back', () => {
    timer.handleState(stateWith());
    vi.advanceTimersByTime(dueMs - 1);
    vi.setSystemTime(beganAt + dueMs - 60_000);
    vi.advanceTimersByTime(59_999);
    expect(engine.sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ended()).toEqual(['t']);
  });

  it('tries again while the log cannot be written', async () => {
    engine.outcomes.push({ ok: false, error: { code: 'unavailable' } });
    timer.handleState(stateWith());
    await vi.advanceTimersByTimeAsync(dueMs);
    expect(engine.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(engine.sent).toHaveLength(2);
  });

  it('leaves it at that when somebody else was quicker', async () => {
    engine.outcomes.push({ ok: false, error: { code: 'wrong_state' } });
    timer.handleState(stateWith());
    engine.onSent = () => timer.handleState(stateWith({ state: 'ended' }));
    await vi.advanceTimersByTimeAsync(dueMs * 3);
    expect(engine.sent).toHaveLength(1);
  });

  it('waits on when the clock was set back before the end was decided', async () => {
    engine.outcomes.push({ ok: false, error: { code: 'wrong_state' } });
    engine.onSent = () => vi.setSystemTime(beganAt + dueMs - 60_000);
    timer.handleState(stateWith());
    await vi.advanceTimersByTimeAsync(dueMs);
    expect(engine.sent).toHaveLength(1);
    engine.onSent = () => timer.handleState(stateWith({ state: 'ended' }));
    await vi.advanceTimersByTimeAsync(59_999);
    expect(engine.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(ended()).toEqual(['t', 't']);
    await vi.advanceTimersByTimeAsync(dueMs * 3);
    expect(engine.sent).toHaveLength(2);
  });

  it('keeps dialogues apart', () => {
    const other = Object.assign(new DialogueState('other'), { dialogue: stateWith().dialogue });
    timer.handleState(stateWith());
    timer.handleState(other);
    vi.advanceTimersByTime(dueMs);
    expect(engine.sent.map(({ dialogueId }) => dialogueId)).toEqual(['d']);
  });

  it('does nothing once closed, whatever is still committed', () => {
    timer.handleState(stateWith());
    timer.close();
    timer.handleState(stateWith({ id: 't2' }));
    vi.advanceTimersByTime(dueMs * 3);
    expect(engine.sent).toEqual([]);
  });
});
