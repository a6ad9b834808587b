import { expect, it } from 'vitest';
import { simulate } from '../../simulator/simulate.ts';

it('a simulated dialogue over dropping lines is sound, and everybody is current at its end', async () => {
  const isSound = await simulate({
    bridgePoints: 3,
    participants: 24,
    minutes: 0.15,
    secretaries: 2,
    dropsAnHour: 30,
    seed: 'short',
  });
  expect(isSound).toBe(true);
});
