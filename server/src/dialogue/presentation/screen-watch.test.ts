import type { Presentation } from '@nhip-cau/shared/model/presentation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordingEngine } from '../kernel/engine.fixture.ts';
import { DialogueState } from '../kernel/state.ts';
import { screenGraceMs, ScreenWatch } from './screen-watch.ts';

const screen: Presentation = { kind: 'screen', bridgePointId: 'hall' };
const deck: Presentation = { kind: 'deck', deckId: 'deck', title: 'Kế hoạch', page: 1, pages: 2 };
const none = new Set<string>();
const sent = new Set(['hall']);

function stateWith(presentation: Presentation | null, state = 'live'): DialogueState {
  const made = new DialogueState('d');
  made.dialogue = { id: 'd', state, presentation } as never;
  return made;
}

describe('ScreenWatch', () => {
  let engine: RecordingEngine;
  let errors: unknown[];
  let watch: ScreenWatch;

  beforeEach(() => {
    vi.useFakeTimers();
    engine = new RecordingEngine();
    errors = [];
    watch = new ScreenWatch(engine, (error) => errors.push(error));
    watch.handleScreens('d', sent);
    watch.handleState(stateWith(screen));
  });

  afterEach(() => {
    watch.close();
    vi.useRealTimers();
  });

  it('ends what nobody sends any more, after the grace and once', async () => {
    await vi.advanceTimersByTimeAsync(screenGraceMs * 2);
    watch.handleScreens('d', none);
    await vi.advanceTimersByTimeAsync(screenGraceMs - 1);
    expect(engine.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(engine.sent).toMatchObject([
      { name: 'presentation.drop', dialogueId: 'd', payload: { bridgePointId: 'hall' } },
    ]);
    watch.handleState(stateWith(null));
    await vi.advanceTimersByTimeAsync(screenGraceMs * 3);
    expect(engine.sent).toHaveLength(1);
  });

  it.each<[string, () => void]>([
    ['a screen that is back', () => watch.handleScreens('d', sent)],
    ['a document in its place', () => watch.handleState(stateWith(deck))],
    ['the end by a person', () => watch.handleState(stateWith(null))],
    ['the end of the dialogue', () => watch.handleState(stateWith(screen, 'ended'))],
    ['another node that watches', () => watch.drop('d')],
    ['its own end', () => watch.close()],
  ])('leaves be %s', async (_, happen) => {
    watch.handleScreens('d', none);
    await vi.advanceTimersByTimeAsync(screenGraceMs - 1);
    happen();
    await vi.advanceTimersByTimeAsync(screenGraceMs * 3);
    expect(engine.sent).toEqual([]);
  });

  it('gives another hall its own grace', async () => {
    watch.handleScreens('d', none);
    await vi.advanceTimersByTimeAsync(screenGraceMs - 1);
    watch.handleState(stateWith({ kind: 'screen', bridgePointId: 'other' }));
    await vi.advanceTimersByTimeAsync(screenGraceMs - 1);
    expect(engine.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(engine.sent).toMatchObject([{ payload: { bridgePointId: 'other' } }]);
  });

  it('tries again while the log cannot be written, and not when somebody was quicker', async () => {
    const outcome = (code: 'unavailable' | 'wrong_state') =>
      ({ ok: false, error: { code } }) as const;
    engine.outcomes.push(outcome('unavailable'), outcome('wrong_state'));
    watch.handleScreens('d', none);
    await vi.advanceTimersByTimeAsync(screenGraceMs);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(engine.sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(screenGraceMs * 3);
    expect(engine.sent).toHaveLength(2);
    expect(errors).toEqual([]);
  });
});
