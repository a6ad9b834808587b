import { expect, it } from 'vitest';
import { Random } from '../../simulator/random.ts';
import { disturbances, planRounds } from './plan.ts';

const plan = (seed: string) => planRounds(new Random(seed), 2 * (disturbances.length - 1), 6);

it('a plan is the same for the same seed and another for another', () => {
  expect(plan('1')).toEqual(plan('1'));
  expect(plan('1')).not.toEqual(plan('2'));
});

it('a plan does everything as often, and never cuts off the hall that it calls', () => {
  const rounds = plan('3');
  for (const kind of disturbances.filter((one) => one !== 'none')) {
    expect(rounds.filter((round) => round.kind === kind)).toHaveLength(2);
  }
  for (const { hall, cutHalls } of rounds) {
    expect(cutHalls).toHaveLength(3);
    expect(cutHalls).not.toContain(hall);
  }
});
