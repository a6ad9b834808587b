import { expect, it } from 'vitest';
import { simulate } from '../../simulator/simulate.ts';

const small = { bridgePoints: 3, participants: 24, secretaries: 2, dropsAnHour: 30, seed: 'short' };

it('a simulated dialogue over dropping lines is sound, and everybody is current at its end', async () => {
  const isSound = await simulate({ ...small, minutes: 0.15 });
  expect(isSound).toBe(true);
});

/** Half a minute on a machine with little else to do. */
const mediaTimeoutMs = 240_000;

it(
  'a simulated dialogue with cameras and microphones is sound, and every hall sees the stage',
  async () => {
    const isSound = await simulate({ ...small, participants: 6, minutes: 0.3, hasMedia: true });
    expect(isSound).toBe(true);
  },
  mediaTimeoutMs,
);
