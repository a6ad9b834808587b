import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordingEngine } from '../kernel/engine.fixture.ts';
import { DialogueState, type Line } from '../kernel/state.ts';
import { lineGraceMs, LineWatch } from './line-watch.ts';

const there = new Map([['hall', { computer: true, microphone: false }]]);
const empty = new Map([['hall', { computer: false, microphone: false }]]);
const open: Line = {
  id: 'hall',
  state: 'open',
  rungBy: 'desk',
  accountId: 'operator',
  name: 'Kỹ thuật',
  since: 7,
};

function stateWith(line: Partial<Line>): DialogueState {
  const state = new DialogueState('d');
  state.voiceLines.set('hall', { ...open, ...line });
  return state;
}

describe('LineWatch', () => {
  let engine: RecordingEngine;
  let watch: LineWatch;

  beforeEach(() => {
    vi.useFakeTimers();
    engine = new RecordingEngine();
    watch = new LineWatch(engine, (error) => {
      throw error;
    });
    watch.handleLinks('d', there);
    watch.handleDesks('d', new Set(['operator']));
  });

  afterEach(() => {
    watch.close();
    vi.useRealTimers();
  });

  const dropped = (reason: string) => [
    { name: 'line.drop', payload: { bridgePointId: 'hall', since: 7, reason } },
  ];

  it.each<[string, Partial<Line>, () => void, string]>([
    ['the desk’s page', {}, () => watch.handleDesks('d', new Set(['other'])), 'deskGone'],
    ['the hall’s page', {}, () => watch.handleLinks('d', empty), 'hallGone'],
    ['the hall', {}, () => watch.handleLinks('d', new Map()), 'hallGone'],
    [
      'who has rung at the desk',
      { state: 'ringing' },
      () => watch.handleDesks('d', new Set()),
      'deskGone',
    ],
    [
      'who has rung in the hall',
      { state: 'ringing', rungBy: 'hall', accountId: null },
      () => watch.handleLinks('d', new Map()),
      'hallGone',
    ],
  ])('hangs up once %s is gone for so long', (_what, line, lose, reason) => {
    watch.handleState(stateWith(line));
    lose();
    vi.advanceTimersByTime(lineGraceMs - 1);
    expect(engine.sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(engine.sent).toMatchObject(dropped(reason));
  });

  it('lets a line ring until the hall is there to answer', () => {
    watch.handleState(stateWith({ state: 'ringing' }));
    watch.handleLinks('d', new Map());
    vi.advanceTimersByTime(2 * lineGraceMs);
    expect(engine.sent).toEqual([]);
  });

  it('keeps the line of who is back in time, or has hung up', () => {
    watch.handleState(stateWith({}));
    watch.handleDesks('d', new Set());
    vi.advanceTimersByTime(lineGraceMs - 1);
    watch.handleDesks('d', new Set(['operator']));
    vi.advanceTimersByTime(2 * lineGraceMs);
    watch.handleDesks('d', new Set());
    watch.handleState(stateWith({ state: 'idle', accountId: null }));
    vi.advanceTimersByTime(2 * lineGraceMs);
    expect(engine.sent).toEqual([]);
  });

  it('waits no longer for who is gone when the other side answers meanwhile', () => {
    watch.handleState(stateWith({ state: 'ringing', since: 3 }));
    watch.handleDesks('d', new Set());
    vi.advanceTimersByTime(lineGraceMs - 1);
    watch.handleState(stateWith({}));
    vi.advanceTimersByTime(1);
    expect(engine.sent).toMatchObject(dropped('deskGone'));
  });

  it('hangs up a line that nobody came back to after a restart', () => {
    const again = new LineWatch(engine, () => {});
    again.handleState(stateWith({}));
    vi.advanceTimersByTime(lineGraceMs);
    expect(engine.sent).toMatchObject(dropped('deskGone'));
  });

  it('tries again what could not be written, until it is over', async () => {
    engine.outcomes.push({ ok: false, error: { code: 'unavailable' } });
    watch.handleState(stateWith({}));
    watch.handleDesks('d', new Set());
    vi.advanceTimersByTime(lineGraceMs);
    await Promise.resolve();
    vi.advanceTimersByTime(1_000);
    expect(engine.sent).toHaveLength(2);
    watch.handleState(stateWith({ state: 'idle', accountId: null }));
    vi.advanceTimersByTime(2 * lineGraceMs);
    expect(engine.sent).toHaveLength(2);
  });

  it('leaves what another node watches over', () => {
    watch.handleState(stateWith({}));
    watch.handleDesks('d', new Set());
    watch.drop('d');
    vi.advanceTimersByTime(2 * lineGraceMs);
    expect(engine.sent).toEqual([]);
  });
});
