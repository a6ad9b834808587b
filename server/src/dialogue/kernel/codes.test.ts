import { expect, test } from 'vitest';
import { codeAlphabet, randomCode } from './codes.ts';

test('codes have no character that is mistaken for another', () => {
  expect(codeAlphabet).toHaveLength(31);
  expect(codeAlphabet).not.toMatch(/[01ILO]/);
  expect(randomCode(200)).toMatch(/^[2-9A-HJKMNP-Z]{200}$/);
});
