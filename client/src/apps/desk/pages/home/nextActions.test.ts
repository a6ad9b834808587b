import { expect, it } from 'vitest';
import { maySearch, nextActions } from './nextActions.ts';

it.each([
  ['draft', ['host'], false, []],
  ['draft', ['secretary'], false, ['setup']],
  ['draft', [], true, ['setup']],
  ['open', ['host'], false, ['host', 'briefing']],
  ['open', [], true, ['attendance', 'setup']],
  [
    'live',
    ['host', 'secretary'],
    false,
    [
      'host',
      'queue',
      'wall',
      'recording',
      'steno',
      'transcript',
      'briefing',
      'attendance',
      'setup',
    ],
  ],
  [
    'live',
    ['secretary'],
    false,
    ['queue', 'wall', 'recording', 'steno', 'transcript', 'briefing', 'attendance', 'setup'],
  ],
  [
    'open',
    ['secretary'],
    false,
    ['queue', 'wall', 'recording', 'steno', 'briefing', 'attendance', 'setup'],
  ],
  ['live', ['officer'], false, []],
  ['live', ['supervisor'], false, ['fairness']],
  ['paused', ['operator'], false, ['wall', 'recording', 'attendance', 'setup']],
  ['ended', ['host'], false, ['record']],
  ['ended', ['secretary'], true, ['record', 'transcript', 'queue', 'attendance']],
  ['ended', ['supervisor'], false, ['record']],
  ['ended', ['officer'], false, []],
] as const)('%s for %j, admin %s: %j', (state, roles, isAdmin, expected) => {
  expect(nextActions(state, roles, isAdmin)).toEqual(expected);
});

it.each([
  [[], false],
  [[['officer'], []], false],
  [[['operator'], ['supervisor']], true],
  [[['host']], true],
] as const)('lets those with roles %j search: %s', (roles, expected) => {
  expect(maySearch(roles.map((held) => ({ roles: held })))).toBe(expected);
});
