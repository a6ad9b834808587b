import { expect, it } from 'vitest';
import { Random } from '../../simulator/random.ts';
import { disturbances, planRounds } from './plan.ts';

const plan = (seed: string) => planRounds(new Random(seed), 2 * disturbances.length);

it('a plan is the same for the same seed and another for another', () => {
  expect(plan('1')).toEqual(plan('1'));
  expect(plan('1')).not.toEqual(plan('2'));
});

it('a plan does everything as often', () => {
  const kinds = plan('3').map(({ kind }) => kind);
  for (const kind of disturbances) expect(kinds.filter((one) => one === kind)).toHaveLength(2);
});
