import { expect, test } from 'vitest';
import { Random } from '../../simulator/random.ts';
import { shuffle, uuidOf, weigh } from './chance.ts';

test('choices come as often as they weigh, and never those that weigh nothing', () => {
  const random = new Random('4');
  const weighed = Array.from({ length: 1_000 }, () => weigh(random, { a: 9, b: 1, c: 0 }));
  expect(weighed.filter((choice) => choice === 'a').length).toBeGreaterThan(850);
  expect(weighed).toContain('b');
  expect(weighed).not.toContain('c');
  expect(() => weigh(random, {})).toThrow('nothing to choose from');
});

test('shuffling keeps every item, in an order that the seed decides', () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  const shuffled = shuffle(new Random('4'), items);
  expect(shuffled).not.toEqual(items);
  expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
  expect(shuffle(new Random('4'), items)).toEqual(shuffled);
});

test('names have the form of a UUID', () => {
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(uuidOf(new Random('4'))).toMatch(form);
});
