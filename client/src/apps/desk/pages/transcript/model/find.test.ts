import { describe, expect, it } from 'vitest';
import { changesOf, findAll, findIn, replaced } from './find.ts';

const loose = { matchCase: false, matchMarks: false, wholeWords: false };
const text = 'Xã Ba Vì, ba vi, và BA VỊ; sông Đà.';
const found = (sought: string, options = loose) =>
  findIn(text, sought, options).map(({ start, end }) => text.slice(start, end));

describe('findIn', () => {
  it.each([
    [loose, ['Ba Vì', 'ba vi', 'BA VỊ']],
    [{ ...loose, matchCase: true }, ['ba vi']],
    [{ ...loose, matchMarks: true }, ['ba vi']],
  ])('with %j', (options, expected) => {
    expect(found('ba vi', options)).toEqual(expected);
  });

  it('takes đ for d, and not the other way round with marks', () => {
    expect(found('da')).toEqual(['Đà']);
    expect(found('đà', { ...loose, matchMarks: true })).toEqual(['Đà']);
    expect(found('da', { ...loose, matchMarks: true })).toEqual([]);
  });

  it('finds whole words only when asked so', () => {
    const whole = { ...loose, wholeWords: true };
    expect(findIn('an ban an, ăn', 'an', whole).map(({ start }) => start)).toEqual([0, 7, 11]);
    expect(findIn('an ban an, ăn', 'an', loose)).toHaveLength(4);
  });

  it('finds text that was typed with marks apart', () => {
    const apart = 'xã Ba Vì'.normalize('NFD');
    const [hit] = findIn(apart, 'vi', loose);
    expect(apart.slice(hit!.start, hit!.end).normalize('NFC')).toBe('Vì');
  });

  it('finds nothing for nothing, and no overlaps', () => {
    expect(found('  ')).toEqual([]);
    expect(findIn('aaaa', 'aa', loose)).toHaveLength(2);
  });
});

const lines = [
  { id: '1', text: 'Bà Vi ở Ba Vi.', revision: 2 },
  { id: '2', text: 'Không có gì.', revision: 1 },
  { id: '3', text: 'ba vi', revision: 7 },
];

describe('replacing', () => {
  it('changes the chosen hits of each line at once', () => {
    const hits = findAll(lines, 'ba vi', loose);
    expect(hits).toHaveLength(3);
    expect(changesOf(lines, hits.slice(1), 'Ba Vì')).toEqual([
      { lineId: '1', revision: 2, text: 'Bà Vi ở Ba Vì.' },
      { lineId: '3', revision: 7, text: 'Ba Vì' },
    ]);
  });

  it('leaves out what would not change and what nothing would be left of', () => {
    expect(changesOf(lines, findAll(lines, 'ba vi', loose), '')).toMatchObject([{ lineId: '1' }]);
    expect(changesOf([lines[2]!], findAll([lines[2]!], 'ba vi', loose), 'ba vi')).toEqual([]);
  });

  it('takes the replacement as it is', () => {
    expect(replaced('a a', [{ start: 0, end: 1 }], '$&')).toBe('$& a');
  });
});
