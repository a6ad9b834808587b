import { describe, expect, it } from 'vitest';
import { codeCharacters, groupedCode, pageOf } from './pairing-code.ts';

describe('a pairing code', () => {
  it.each([
    ['', '', ''],
    ['ab', 'AB', 'AB'],
    ['abcd', 'ABCD', 'ABCD'],
    ['abcde', 'ABCDE', 'ABCD-E'],
    ['abcd-efgh', 'ABCDEFGH', 'ABCD-EFGH'],
    [' ab cd  ef gh ', 'ABCDEFGH', 'ABCD-EFGH'],
    ['abcd–efgh.', 'ABCDEFGH', 'ABCD-EFGH'],
    ['ăbcd efgh', 'ABCDEFGH', 'ABCD-EFGH'],
    ['ABCD-EFGH-2', 'ABCDEFGH', 'ABCD-EFGH'],
  ])('typed as %j is %s, shown as %s', (typed, characters, grouped) => {
    expect(codeCharacters(typed)).toBe(characters);
    expect(groupedCode(typed)).toBe(grouped);
  });
});

it.each([
  ['moderator', '/hall/id'],
  ['screen', '/screen?bridgePoint=id'],
] as const)('a %s works at %s', (role, page) => {
  expect(pageOf({ role, bridgePointId: 'id' })).toBe(page);
});
