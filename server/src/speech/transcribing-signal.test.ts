import { expect, it } from 'vitest';
import {
  combineTranscribing,
  type RunUnderWay,
  transcribingSignal,
} from './transcribing-signal.ts';

const run = (more: Partial<RunUnderWay> = {}): RunUnderWay => ({
  isEnded: false,
  isDown: false,
  waitingMs: 0,
  ageMs: 900,
  ...more,
});

it.each<{
  name: string;
  runs: RunUnderWay[];
  late?: { waiting: number; isFailing: boolean };
  state: string;
  behindMs?: number;
}>([
  { name: 'nobody speaks', runs: [], state: 'listening' },
  { name: 'it keeps up', runs: [run(), run({ waitingMs: 400 })], state: 'listening' },
  { name: 'a long utterance is not done', runs: [run({ ageMs: 20_000 })], state: 'listening' },
  {
    name: 'one microphone waits',
    runs: [run(), run({ waitingMs: 6_000, ageMs: 7_300 })],
    state: 'behind',
    behindMs: 7_000,
  },
  { name: 'a turn has just ended', runs: [run({ isEnded: true })], state: 'listening' },
  {
    name: 'a turn that has ended is not done',
    runs: [run({ isEnded: true, ageMs: 60_500 })],
    state: 'behind',
    behindMs: 60_000,
  },
  {
    name: 'late runs wait',
    runs: [run()],
    late: { waiting: 2, isFailing: false },
    state: 'behind',
  },
  { name: 'a session has died', runs: [run(), run({ isDown: true })], state: 'down' },
  {
    name: 'the engine fails on late runs',
    runs: [],
    late: { waiting: 1, isFailing: true },
    state: 'down',
  },
  {
    name: 'it fails on those of another dialogue',
    runs: [run()],
    late: { waiting: 0, isFailing: true },
    state: 'listening',
  },
])('$name: $state', ({ runs, late = { waiting: 0, isFailing: false }, state, behindMs = 0 }) => {
  const signal = transcribingSignal('tones', 2, runs, late);
  expect(signal).toEqual({ engine: 'tones', state, behindMs, runs: 2 });
});

it('is off without an engine', () => {
  const signal = transcribingSignal(null, 0, [], { waiting: 0, isFailing: false });
  expect(signal).toEqual({ engine: null, state: 'off', behindMs: 0, runs: 0 });
});

it('tells of several nodes what is worst of them, and of all microphones', () => {
  const none = { engine: null, state: 'off' as const, behindMs: 0, runs: 0 };
  const well = { engine: 'one', state: 'listening' as const, behindMs: 0, runs: 2 };
  const late = { engine: 'one', state: 'behind' as const, behindMs: 9_000, runs: 1 };
  expect(combineTranscribing([well])).toEqual(well);
  expect(combineTranscribing([none, well])).toEqual(well);
  expect(combineTranscribing([late, well])).toEqual({ ...late, runs: 3 });
  expect(combineTranscribing([none])).toEqual(none);
});
