import { describe, expect, test } from 'vitest';
import { searchText, snippetOf, soughtIn } from './search-text.ts';

test('a text is searched by its words, with and without diacritics', () => {
  expect(searchText('“Đất đai”: 1.250 m²,\nở Hà Nội!')).toEqual({
    plain: ' dat dai 1 250 m² o ha noi ',
    marked: ' đất đai 1 250 m² ở hà nội ',
  });
});

test.each([
  ['Đất  đai!', { plain: ['dat', 'dai'], marked: ['đất', 'đai'], hasMarks: true }],
  ['dat dai', { plain: ['dat', 'dai'], marked: ['dat', 'dai'], hasMarks: false }],
  ['%_\\', null],
])('what is sought by %o', (text, sought) => {
  expect(soughtIn(text)).toEqual(sought);
});

describe('what a hit shows', () => {
  const shown = (text: string, sought: string) => {
    const { text: piece, ranges } = snippetOf(text, soughtIn(sought)!);
    return { piece, found: ranges.map(({ start, end }) => piece.slice(start, end)) };
  };

  test('a short line whole, with every word that was found', () => {
    const text = 'Bà con hỏi về đất đai, đất ở.';
    expect(shown(text, 'dat dai')).toEqual({ piece: text, found: ['đất', 'đai', 'đất'] });
  });

  test('the last word as far as it was typed', () => {
    expect(shown('Đường Nguyễn Trãi', 'duong ngu').found).toEqual(['Đường', 'Nguyễn']);
    expect(shown('Đường Nguyễn Trãi', 'ngu duong').found).toEqual(['Đường']);
  });

  test('of a long line the piece around it, cut between words', () => {
    const text = `${'mở đầu '.repeat(60)}sổ đỏ của bà con${' phần cuối'.repeat(60)}`;
    const { piece, found } = shown(text, 'so do');
    expect(found).toEqual(['sổ', 'đỏ']);
    expect(piece.length).toBeLessThan(260);
    expect(piece).toMatch(/^… (mở|đầu) .* sổ đỏ của bà con .* (phần|cuối) …$/);
  });
});
