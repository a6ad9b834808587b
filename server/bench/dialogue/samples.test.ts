import { expect, test } from 'vitest';
import { coresOf, growthOf, loopIn, type Sample } from './samples.ts';

const sample = (seconds: number, part: Partial<Sample>): Sample => ({
  at: seconds * 1_000,
  serverCpu: 0,
  workersCpu: 0,
  browsersCpu: 0,
  generatorsCpu: 0,
  serverRssBytes: 0,
  workersRssBytes: 0,
  loopP99Ms: 0,
  loopMaxMs: 0,
  ...part,
});

test('the loop’s delays are read from the metrics, without the time between two looks', () => {
  const metrics = [
    'nhipcau_nodejs_eventloop_lag_max_seconds 0.055',
    'nhipcau_nodejs_eventloop_lag_p99_seconds 0.0125',
  ].join('\n');
  const { loopMaxMs, loopP99Ms } = loopIn(metrics);
  expect([loopMaxMs, loopP99Ms].map(Math.round)).toEqual([45, 3]);
  expect(loopIn('').loopP99Ms).toBeNaN();
});

test('cores are what was used in the time between', () => {
  const samples = [
    sample(10, { serverCpu: 3 }),
    sample(20, { serverCpu: 4 }),
    sample(30, { serverCpu: 9 }),
  ];
  expect(coresOf(samples, 'serverCpu')).toBe(0.3);
});

test('memory grows from the first minute to the last one', () => {
  const samples = Array.from({ length: 31 }, (_, index) =>
    sample(index * 10, { serverRssBytes: index < 10 ? 100 : 150 }),
  );
  expect(growthOf(samples, 'serverRssBytes')).toBe(1.5);
});
