import { fold } from '@nhip-cau/shared/model/text';
import { describe, expect, test } from 'vitest';
import { atOnce } from './house.ts';
import { Random } from './random.ts';
import { fields, questionOf } from './words.ts';
import { World } from './world.ts';

const draws = (random: Random) => Array.from({ length: 50 }, () => random.next());

describe('chance', () => {
  test('is the same for the same seed and another for another', () => {
    expect(draws(new Random('7'))).toEqual(draws(new Random('7')));
    expect(draws(new Random('7'))).not.toEqual(draws(new Random('8')));
  });

  test('of one actor does not hang on how often another draws', () => {
    const quiet = new Random('7');
    const busy = new Random('7');
    draws(busy.fork('a'));
    busy.next();
    expect(draws(busy.fork('b'))).toEqual(draws(quiet.fork('b')));
  });

  test('reaches both ends and nothing beyond', () => {
    const random = new Random('ends');
    const drawn = new Set(Array.from({ length: 500 }, () => random.int(1, 4)));
    expect([...drawn].sort()).toEqual([1, 2, 3, 4]);
    expect(() => random.pick([])).toThrow('nothing');
  });

  test('waits about as long as it should, and never without end', () => {
    const random = new Random('times');
    const times = Array.from({ length: 5_000 }, () => random.around(100));
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    expect(mean).toBeGreaterThan(85);
    expect(mean).toBeLessThan(115);
    expect(Math.max(...times)).toBeLessThanOrEqual(500);
  });
});

describe('what people ask', () => {
  const said = Array.from({ length: 400 }, (_, index) =>
    questionOf(new Random(`question ${index}`), 'Ba Vì'),
  );

  test('is Vietnamese, of the dialogue’s fields, with nothing left open', () => {
    for (const { text, wording, field } of said) {
      expect(fields).toContain(field);
      expect(`${text}${wording}`).not.toMatch(/[{}]/);
      expect(text.length).toBeGreaterThan(10);
    }
  });

  test('is typed without diacritics by some', () => {
    const plain = said.filter(({ text }) => text === fold(text));
    expect(plain.length).toBeGreaterThan(20);
    expect(plain.length).toBeLessThan(200);
  });

  test('is the same subject in several ways of putting it', () => {
    const ways = Map.groupBy(said, ({ subject }) => subject);
    const shared = [...ways.values()].filter(
      (same) => new Set(same.map(({ text }) => text)).size > 1,
    );
    expect(shared.length).toBeGreaterThan(10);
    for (const same of ways.values()) expect(new Set(same.map(({ field }) => field)).size).toBe(1);
  });
});

test('a short dialogue is quicker in all, a long one natural', () => {
  const world = (lengthMs: number) => new World({ random: new Random(''), lengthMs });
  expect(world(4 * 3_600_000).pace).toBe(1);
  expect(world(4 * 60_000).pace).toBeCloseTo(0.1);
  expect(new World({ random: new Random(''), lengthMs: 60_000, pace: 0.5 }).pace).toBe(0.5);
});

test('work goes on so many at a time and answers in order', async () => {
  let under = 0;
  let most = 0;
  const answers = await atOnce([3, 1, 2], 2, async (item) => {
    most = Math.max(most, (under += 1));
    await new Promise(setImmediate);
    under -= 1;
    return item * 10;
  });
  expect([answers, most]).toEqual([[30, 10, 20], 2]);
});
