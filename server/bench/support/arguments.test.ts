import { parseArgs } from 'node:util';
import { expect, it } from 'vitest';
import { isWrongArgument, wholeNumber, WrongArgument } from './arguments.ts';

it.each([
  ['7', 1, 7],
  ['0', 0, 0],
])('reads %s', (rounds, least, value) => {
  expect(wholeNumber({ rounds }, 'rounds', least)).toBe(value);
});

it.each(['x', '', '0', '-1', '1.5'])('refuses "%s" by the name of its option', (rounds) => {
  expect(() => wholeNumber({ rounds }, 'rounds')).toThrow(
    new WrongArgument(`--rounds: expected a whole number from 1 on, got "${rounds}"`),
  );
});

it('knows what was typed wrongly from what went wrong', () => {
  const unknown = () => parseArgs({ args: ['--nonsense'] });
  expect(unknown).toThrow(expect.toSatisfy(isWrongArgument));
  expect(isWrongArgument(new WrongArgument('--broken'))).toBe(true);
  expect(isWrongArgument(new Error('the server ended'))).toBe(false);
});
