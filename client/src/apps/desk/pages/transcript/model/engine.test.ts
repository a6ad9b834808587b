import { expect, it } from 'vitest';
import { engineWords } from './engine.ts';

it.each([
  ['off', 0, 0, 'off', null],
  ['listening', 0, 0, 'idle', null],
  ['listening', 2, 0, 'listening', null],
  ['behind', 1, 7_000, 'behind', 'waiting'],
  ['behind', 0, 0, 'waiting', 'waiting'],
  ['down', 1, 0, 'down', 'downAfter'],
] as const)('says of %s with %i microphones, %i ms late: %s; after the end: %s', (...row) => {
  const [state, runs, behindMs, during, after] = row;
  const signal = { state, runs, behindMs };
  expect(engineWords(signal, false)).toBe(during);
  expect(engineWords(signal, true)).toBe(after);
});
