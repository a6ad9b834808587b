import { expect, test } from 'vitest';
import { codeAlphabet, randomCode } from './codes.ts';

test('codes have no character that is mistaken for another', () => {
  expect(codeAlphabet).toHaveLength(31);
  expect(codeAlphabet).not.toMatch(/[01ILO]/);
  expect(randomCode(200)).toMatch(/^[2-9A-HJKMNP-Z]{200}$/);
});

test('a code is as long as asked, and every character is as likely as the others', () => {
  expect([0, 1, 9, 10, 16].map((length) => randomCode(length).length)).toEqual([0, 1, 9, 10, 16]);
  const counts = new Map<string, number>();
  for (const character of randomCode(31_000)) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  // Six standard deviations from a thousand each.
  for (const character of codeAlphabet) {
    expect(Math.abs((counts.get(character) ?? 0) - 1_000)).toBeLessThan(190);
  }
});
