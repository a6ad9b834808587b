import { describe, expect, it } from 'vitest';
import { line, paragraph } from './scalars.ts';

describe('a text from outside', () => {
  it.each([
    ['  Ba Vi\u0300 ', 'Ba Vì'],
    ['một\r\nhai\t3', 'một\nhai\t3'],
    ['𠮷 ủng hộ', '𠮷 ủng hộ'],
  ])('is composed and trimmed: %j', (sent, value) => {
    expect(paragraph(20).parse(sent)).toBe(value);
  });

  it.each([
    ['nothing', ' \n'],
    ['too long', 'a'.repeat(21)],
    ['an escape', 'a\u001B[2J'],
    ['a NUL', 'a\u0000'],
    ['half a character', 'a\uD83D'],
    ['what XML cannot hold', 'a\uFFFF'],
    ['a swapped byte order mark', 'a\uFFFE'],
    ['a line separator', 'a\u2028b'],
  ])('is refused: %s', (_case, sent) => {
    expect(paragraph(20).safeParse(sent).success).toBe(false);
  });

  it('of one line has one', () => {
    expect(line(20).safeParse('một\nhai').success).toBe(false);
  });
});
