import { expect, it } from 'vitest';
import { nextActions } from './nextActions.ts';

it.each([
  ['draft', ['host'], false, []],
  ['draft', ['secretary'], false, ['setup']],
  ['draft', [], true, ['setup']],
  ['open', ['host'], false, ['host']],
  ['open', [], true, ['setup']],
  ['live', ['host', 'secretary'], false, ['host', 'queue', 'setup']],
  ['live', ['secretary'], false, ['queue', 'setup']],
  ['live', ['officer'], false, []],
  ['live', ['supervisor'], false, []],
  ['paused', ['operator'], false, ['setup']],
  ['ended', ['host'], false, ['record']],
  ['ended', ['secretary'], true, ['record', 'queue']],
  ['ended', ['supervisor'], false, ['record']],
  ['ended', ['officer'], false, []],
] as const)('%s for %j, admin %s: %j', (state, roles, isAdmin, expected) => {
  expect(nextActions(state, roles, isAdmin)).toEqual(expected);
});
