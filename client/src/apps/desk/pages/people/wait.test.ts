import type { ErrorCode } from '@nhip-cau/shared/protocol/errors';
import { expect, it } from 'vitest';
import { waitOf } from './wait.ts';

it.each<[ErrorCode, Record<string, unknown> | undefined, number | null]>([
  ['locked_out', { until: 90_000 }, 90_000],
  ['locked_out', undefined, null],
  ['rate_limited', { retryAfterMs: 5_000 }, 6_000],
  ['wrong_credentials', { until: 90_000 }, null],
])('%s with %o waits until %s', (code, details, until) => {
  expect(waitOf({ code, details }, 1_000)).toBe(until);
});
