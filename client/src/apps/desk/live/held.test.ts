import { expect, it } from 'vitest';
import { heldBecause } from './held.ts';

it.each([
  ['onAir', 'offline', null],
  ['held', 'offline', 'linkLost'],
  ['held', 'unknown', 'linkLost'],
  ['held', 'noCamera', 'kept'],
  ['held', 'ready', 'kept'],
] as const)('a turn that is %s, its hall %s: %s', (state, readiness, because) => {
  expect(heldBecause({ state, bridgePointId: 'hall' }, () => readiness)).toBe(because);
});

it('is nothing without a turn', () => {
  expect(heldBecause(null, () => 'offline')).toBeNull();
});
