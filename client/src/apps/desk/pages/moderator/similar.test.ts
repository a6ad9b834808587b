import { describe, expect, it } from 'vitest';
import { similarFrom, similarity, similarTo } from './similar.ts';

const road = 'Đường thôn Đông cứ mưa là ngập, bao giờ sửa?';

describe('how alike two questions are', () => {
  it.each([
    ['the same', road, 1],
    ['without diacritics', 'duong thon dong cu mua la ngap bao gio sua', 1],
    ['nothing', 'Học phí', 0],
    ['empty', '', 0],
  ])('%s', (_, other, share) => {
    expect(similarity(road, other)).toBeCloseTo(share, 1);
  });

  it.each([
    'Bao giờ sửa đường thôn Đông bị ngập khi mưa?',
    'đường thôn đông mưa ngập, đề nghị sửa',
  ])('in other words: %s', (other) => {
    expect(similarity(road, other)).toBeGreaterThanOrEqual(similarFrom);
  });

  it.each(['Bao giờ cấp sổ đỏ cho hộ dân thôn Đoài?', 'Đề nghị mở lớp dạy nghề cho phụ nữ.'])(
    'another matter: %s',
    (other) => {
      expect(similarity(road, other)).toBeLessThan(similarFrom);
    },
  );

  it('does not depend on the side', () => {
    const other = 'Sửa đường thôn Đông';
    expect(similarity(road, other)).toBe(similarity(other, road));
  });
});

it('names the most alike first, and no more than asked for', () => {
  const texts = [
    'Học phí tăng',
    road,
    'Đường thôn Đông cứ mưa là ngập',
    `${road} Đề nghị trả lời.`,
  ];
  const found = similarTo(road, texts, (text) => text, 2);
  expect(found.map(({ item }) => item)).toEqual([road, `${road} Đề nghị trả lời.`]);
});
