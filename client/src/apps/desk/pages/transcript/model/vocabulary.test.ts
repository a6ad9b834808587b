import { describe, expect, it } from 'vitest';
import { readAbbreviations, readTerms, writeAbbreviations, writeTerms } from './vocabulary.ts';

describe('terms', () => {
  it.each([
    ['Sóc Sơn', [{ term: 'Sóc Sơn', soundsLike: [] }]],
    ['Sóc Sơn: xóc sơn, sốc sơn', [{ term: 'Sóc Sơn', soundsLike: ['xóc sơn', 'sốc sơn'] }]],
    ['OCOP\tô cốp;o cop ; ', [{ term: 'OCOP', soundsLike: ['ô cốp', 'o cop'] }]],
    ['  \n\n', []],
    ['A: b, b', [{ term: 'A', soundsLike: ['b'] }]],
    ['A: b\nA: c', [{ term: 'A', soundsLike: ['c'] }]],
  ])('reads %j', (text, expected) => {
    expect(readTerms(text)).toEqual(expected);
  });

  it('comes back as it was written', () => {
    const text = 'Sóc Sơn: xóc sơn, sốc sơn\nĐống Đa';
    expect(writeTerms(readTerms(text))).toBe(text);
  });
});

describe('abbreviations', () => {
  it('needs a short form without blanks, and a long one', () => {
    const text = 'ubnd = Ủy ban nhân dân\n\nhai từ: x\ntp\nhđnd: Hội đồng nhân dân';
    expect(readAbbreviations(text)).toEqual({
      abbreviations: [
        { short: 'ubnd', long: 'Ủy ban nhân dân' },
        { short: 'hđnd', long: 'Hội đồng nhân dân' },
      ],
      wrong: [3, 4],
    });
  });

  it('comes back as it was written', () => {
    const text = 'ubnd: Ủy ban nhân dân';
    expect(writeAbbreviations(readAbbreviations(text).abbreviations)).toBe(text);
  });
});
