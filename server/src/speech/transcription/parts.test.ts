import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';
import { lineIdOf } from './line-id.ts';
import { LineQueue } from './line-queue.ts';
import { Positions } from './positions.ts';

it.each([
  { attempt: 0, least: 250, most: 500 },
  { attempt: 1, least: 500, most: 1_000 },
  { attempt: 5, least: 8_000, most: 16_000 },
  { attempt: 6, least: 15_000, most: 30_000 },
  { attempt: 5_000, least: 15_000, most: 30_000 },
])('waits $least to $most ms after failure $attempt', ({ attempt, least, most }) => {
  expect(backoffMs(attempt, () => 0)).toBe(least);
  expect(backoffMs(attempt, () => 1)).toBe(most);
});

it('names a line by its run and what is before it, the same each time', () => {
  const [run, other] = [
    'a3f1c2d4-0000-4000-8000-000000000001',
    'a3f1c2d4-0000-4000-8000-000000000002',
  ];
  const ids = [lineIdOf(run, 0), lineIdOf(run, 1_500), lineIdOf(other, 0)];
  expect(new Set(ids).size).toBe(3);
  expect(lineIdOf(run, 1_500)).toBe(ids[1]);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

it('knows which sample of the run a session speaks of, over the silence that it was not given', () => {
  const positions = new Positions();
  positions.add(1_000, 300);
  positions.add(1_300, 200);
  positions.add(5_000, 100);
  expect(positions.given).toBe(600);
  const at = [0, 499, 500, 599, 600].map((position) => positions.sampleAt(position));
  expect(at).toEqual([1_000, 1_499, 5_000, 5_099, 5_100]);
  // An end at the seam is the end of what is before it.
  expect([300, 500, 501, 600].map((end) => positions.endAt(end))).toEqual([
    1_300, 1_500, 5_001, 5_100,
  ]);
  positions.forgetBefore(500);
  expect(positions.sampleAt(550)).toBe(5_050);
});

it('does what is pushed at the moment when the last task is done', async () => {
  for (let moment = 0; moment < 20; moment += 1) {
    const clock = { now: () => 0, after: () => () => {} };
    const queue = new LineQueue({ clock, random: () => 0, onError: () => {} });
    const done: string[] = [];
    queue.push(async () => void done.push('first'));
    for (let step = 0; step < moment; step += 1) await null;
    queue.push(async () => void done.push('second'));
    await queue.settled();
    expect(done).toEqual(['first', 'second']);
  }
});
