import { expect, it } from 'vitest';
import { readinessOf } from './readiness.ts';

it.each([
  [false, false, false, 'offline'],
  [true, false, false, 'noMicrophone'],
  [true, true, false, 'noMicrophone'],
  [true, false, true, 'noCamera'],
  [true, true, true, 'ready'],
])('computer %s, camera %s, microphone %s: %s', (computer, camera, microphone, readiness) => {
  expect(readinessOf({ computer, screens: 0, camera, microphone }, true)).toBe(readiness);
});

it('knows nothing before it was told, and takes who is not named for offline', () => {
  expect(readinessOf(undefined, false)).toBe('unknown');
  expect(readinessOf(undefined, true)).toBe('offline');
});
