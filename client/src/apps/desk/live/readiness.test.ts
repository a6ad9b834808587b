import { expect, it } from 'vitest';
import { readinessOf } from './readiness.ts';

it.each([
  [false, false, false, 'offline'],
  [true, false, false, 'noMicrophone'],
  [true, true, false, 'noMicrophone'],
  [true, false, true, 'noCamera'],
  [true, true, true, 'ready'],
])('computer %s, camera %s, microphone %s: %s', (computer, camera, microphone, readiness) => {
  expect(readinessOf({ computer, screens: 0, camera, microphone })).toBe(readiness);
});

it('knows nothing before it was told', () => {
  expect(readinessOf(undefined)).toBe('unknown');
});
