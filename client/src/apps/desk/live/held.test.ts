import { expect, it } from 'vitest';
import { heldBecause } from './held.ts';

it.each([
  ['onAir', null, 'offline', null],
  ['held', 'linkLost', 'offline', 'linkLost'],
  ['held', 'linkLost', 'unknown', 'linkLost'],
  ['held', 'linkLost', 'noCamera', 'kept'],
  ['held', 'linkLost', 'ready', 'kept'],
  ['held', 'person', 'ready', 'interrupted'],
  ['held', 'person', 'offline', 'interrupted'],
] as const)('a turn that is %s by %s, its hall %s: %s', (state, heldReason, readiness, because) => {
  expect(heldBecause({ state, heldReason, bridgePointId: 'hall' }, () => readiness)).toBe(because);
});

it('is nothing without a turn', () => {
  expect(heldBecause(null, () => 'offline')).toBeNull();
});
