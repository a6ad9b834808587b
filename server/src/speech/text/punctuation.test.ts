import { describe, expect, test } from 'vitest';
import { isShouted, isWritten, punctuate } from './punctuation.ts';

/** "một |900 hai": words of 200 ms, with a silence of so many ms where a bar stands. */
function spoken(text: string) {
  let clock = 0;
  return text.split(' ').flatMap((part) => {
    if (part.startsWith('|')) {
      clock += Number(part.slice(1));
      return [];
    }
    clock += 200;
    return [{ text: part, start: clock - 200, end: clock, confidence: null }];
  });
}

const punctuated = (text: string) =>
  punctuate(spoken(text))
    .map((word) => word.text)
    .join(' ');

describe('punctuate', () => {
  test.each([
    ['kính thưa các đồng chí |900 tôi xin hỏi', 'Kính thưa các đồng chí, tôi xin hỏi.'],
    [
      'đường liên xã đã hỏng từ hai năm nay mà chưa ai sửa |900 đề nghị thành phố quan tâm',
      'Đường liên xã đã hỏng từ hai năm nay mà chưa ai sửa. Đề nghị thành phố quan tâm.',
    ],
    ['tôi xin hết |1600 xin cảm ơn', 'Tôi xin hết, xin cảm ơn.'],
    ['tôi xin hết ạ |1600 xin cảm ơn', 'Tôi xin hết ạ. Xin cảm ơn.'],
    ['kinh phí của |2000 dự án', 'Kinh phí của dự án.'],
    ['kinh phí 2,3 |900 tỷ đồng', 'Kinh phí 2,3 tỷ đồng.'],
    ['thành phố có hỗ trợ không ạ', 'Thành phố có hỗ trợ không ạ?'],
    ['bao giờ xong |1600 dân chờ lâu rồi', 'Bao giờ xong? Dân chờ lâu rồi.'],
    ['vâng', 'Vâng.'],
    ['và', 'Và'],
    ['25 hộ', '25 hộ.'],
  ])('%s → %s', (text, expected) => {
    expect(punctuated(text)).toBe(expected);
  });

  test('a short breath is no mark', () => {
    expect(punctuated('tôi |700 xin hỏi')).toBe('Tôi xin hỏi.');
  });
});

test.each<[string, boolean, boolean]>([
  ['tôi xin hỏi', false, false],
  ['Tôi xin hỏi', true, false],
  ['tôi xin hỏi.', true, false],
  ['TÔI XIN HỎI', false, true],
  ['TÔI XIN HỎI.', true, false],
  ['25', false, false],
])('%s: written %s, shouted %s', (text, written, shouted) => {
  expect(isWritten(text.split(' '))).toBe(written);
  expect(isShouted(text.split(' '))).toBe(shouted);
});
