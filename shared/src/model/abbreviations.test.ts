import { describe, expect, test } from 'vitest';
import { defaultAbbreviations, expand, expandAtEnd } from './abbreviations.ts';

const table = [{ short: 'pxá', long: 'phường Phúc Xá' }, ...defaultAbbreviations];

/** `|` is where the cursor stands. */
function typed(marked: string): string | null {
  const cursor = marked.indexOf('|');
  const result = expand(marked.replace('|', ''), cursor, table);
  return result && `${result.text.slice(0, result.cursor)}|${result.text.slice(result.cursor)}`;
}

describe('expand', () => {
  test.each([
    ['ubnd |', 'Ủy ban nhân dân |'],
    ['UBND,|', 'Ủy ban nhân dân,|'],
    ['đại diện hđnd | nói', 'đại diện Hội đồng nhân dân | nói'],
    ['thưa đ/c |', 'thưa đồng chí |'],
    ['Đ/c |chủ tịch', 'Đồng chí |chủ tịch'],
    ['(gpmb)|', '(giải phóng mặt bằng)|'],
    ['ở pxá.|', 'ở phường Phúc Xá.|'],
    ['chữ \\ubnd |', 'chữ ubnd |'],
    ['\\UBND |', 'UBND |'],
    ['hđnd'.normalize('NFD') + ' |', 'Hội đồng nhân dân |'],
  ])('%s → %s', (before, after) => {
    expect(typed(before)).toBe(after);
  });

  test.each([['ubnd|'], ['xubnd |'], ['ủy ban |'], [' |'], ['|'], ['ubnd  |'], ['ubnd1 |']])(
    '%s stays',
    (text) => {
      expect(typed(text)).toBeNull();
    },
  );
});

test.each([
  ['mời ubnd', 'mời Ủy ban nhân dân'],
  ['mời ubnd.', 'mời Ủy ban nhân dân.'],
  ['mời \\ubnd', 'mời ubnd'],
  ['xin mời', 'xin mời'],
  ['', ''],
])('at the end %s is %s', (text, expanded) => {
  expect(expandAtEnd(text, table)).toBe(expanded);
});

test('a dialogue’s own come before the common ones', () => {
  const own = [{ short: 'HTX', long: 'Hợp tác xã Tiền Lệ' }, ...defaultAbbreviations];
  expect(expand('htx ', 4, own)?.text).toBe('Hợp tác xã Tiền Lệ ');
});

test('no common abbreviation is there twice or stands in another’s way', () => {
  const shorts = defaultAbbreviations.map(({ short }) => short);
  expect(new Set(shorts).size).toBe(shorts.length);
  for (const { short, long } of defaultAbbreviations) {
    expect(expand(`${short} `, short.length + 1, table)?.text).toBe(`${long} `);
  }
});
