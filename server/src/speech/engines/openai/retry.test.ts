import { expect, test } from 'vitest';
import { type Refusal, retryDelay } from './retry.ts';

const nowMs = Date.parse('2026-11-22T08:00:00Z');
const at = { nowMs, chance: 0.5 };
const busy: Refusal = { status: 429, retryAfter: null };

const cases: [what: string, tries: number, refusal: Refusal | null, delay: number | null][] = [
  ['busy, once', 1, busy, 500],
  ['busy, again', 2, busy, 1_000],
  ['busy, a third time', 3, busy, 2_000],
  ['busy, too often', 4, busy, null],
  ['a fault there', 1, { status: 503, retryAfter: null }, 500],
  ['no answer', 1, null, 500],
  ['no answer twice', 2, null, null],
  ['a wrong key', 1, { status: 401, retryAfter: null }, null],
  ['what was sent is wrong', 1, { status: 400, retryAfter: '1' }, null],
  ['an answer that is none', 1, { status: 200, retryAfter: null }, null],
  ['asked for 3 s', 1, { status: 429, retryAfter: '3' }, 3_000],
  [
    'asked for a time of day',
    2,
    { status: 503, retryAfter: 'Sun, 22 Nov 2026 08:00:07 GMT' },
    7_000,
  ],
  ['a time that is past', 1, { status: 503, retryAfter: 'Sun, 22 Nov 2026 07:00:00 GMT' }, 0],
  ['asked for an hour', 1, { status: 429, retryAfter: '3600' }, null],
  ['asked for nonsense', 1, { status: 429, retryAfter: 'soon' }, 500],
];

test.each(cases)('%s', (_, tries, refusal, delay) => {
  expect(retryDelay(tries, refusal, at)).toBe(delay);
});

test('those who wait come back apart', () => {
  expect(retryDelay(1, busy, { nowMs, chance: 0 })).toBe(250);
  expect(retryDelay(1, busy, { nowMs, chance: 1 })).toBe(750);
});
