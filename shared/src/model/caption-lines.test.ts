import { describe, expect, test } from 'vitest';
import { captionLines, growingLines, pages } from './caption-lines.ts';

describe('a finished caption breaks at phrases, its lines about as long as each other', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['Xin mời điểm cầu Ba Vì.', ['Xin mời điểm cầu Ba Vì.']],
    [
      'Kính thưa đồng chí chủ tịch, tôi xin hỏi bao giờ có nước sạch?',
      ['Kính thưa đồng chí chủ tịch,', 'tôi xin hỏi bao giờ có nước sạch?'],
    ],
    [
      'Hội nghị có 579 điểm cầu và 12.500 đại biểu dự.',
      ['Hội nghị có 579 điểm cầu', 'và 12.500 đại biểu dự.'],
    ],
    [
      'Ủy ban nhân dân huyện đã chi 2,3 tỷ đồng cho dự án.',
      ['Ủy ban nhân dân huyện đã chi', '2,3 tỷ đồng cho dự án.'],
    ],
    [
      'Người dân phường Phúc Xá quận Ba Đình rất mong.',
      ['Người dân phường Phúc Xá', 'quận Ba Đình rất mong.'],
    ],
    [
      'Theo quy định tại khoản 2 Điều 79 Luật Đất đai.',
      ['Theo quy định tại khoản 2', 'Điều 79 Luật Đất đai.'],
    ],
  ])('%s', (text, lines) => {
    expect(captionLines(text)).toEqual(lines);
  });

  test('three lines where two are too few', () => {
    const text = 'Dự án đường vành đai 4 qua Mê Linh được phê duyệt ngày 03 tháng 02 năm 2025.';
    expect(captionLines(text, { columns: 37, lines: 3 })).toEqual([
      'Dự án đường vành đai 4 qua',
      'Mê Linh được phê duyệt',
      'ngày 03 tháng 02 năm 2025.',
    ]);
  });
});

const speech =
  `Tôi là Nguyễn Thị Tuyến ở phường Phúc Xá, quận Ba Đình. Năm nay tôi 70 tuổi, gia đình có 5
   người. Đề nghị thành phố quan tâm đến việc cấp giấy chứng nhận quyền sử dụng đất cho 205 hộ
   dân ngoài bãi sông Hồng, với tổng kinh phí 2,3 tỷ đồng, xong trước ngày 03 tháng 02 năm 2027.`
    .split(/\s+/)
    .join(' ');

test.each([
  [12, 2],
  [37, 2],
  [37, 3],
  [60, 3],
] as const)('no line of %i columns is too long, and no word is lost', (columns, lines) => {
  const layout = { columns, lines };
  const words = speech.split(' ');
  for (let count = 0; count <= words.length; count++) {
    const text = words.slice(0, count).join(' ');
    for (const set of [captionLines(text, layout), pages(text, layout).flat()]) {
      expect(set.join(' ')).toBe(text);
      expect(Math.max(0, ...set.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
    }
    expect(pages(text, layout).every((page) => page.length <= lines)).toBe(true);
  }
});

test('a text that grows word by word never moves what stands in a full line', () => {
  const words = `${speech} ${speech}`.split(' ');
  let before: string[] = [];
  for (let count = 1; count <= words.length; count++) {
    const lines = growingLines(words.slice(0, count).join(' '));
    expect(lines.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    before = lines;
  }
});

test('a page is full before the next begins', () => {
  const set = pages(speech);
  expect(set.slice(0, -1).every((page) => page.length === 2)).toBe(true);
  expect(set[0]).toEqual(['Tôi là Nguyễn Thị Tuyến', 'ở phường Phúc Xá, quận Ba Đình.']);
});

test('a word longer than a line is cut, a decomposed one counts as it is read', () => {
  expect(captionLines('a'.repeat(80))).toEqual(['a'.repeat(37), 'a'.repeat(37), 'aaaaaa']);
  const wide = 'ề'.repeat(37);
  expect(captionLines(wide.normalize('NFD'))).toEqual([wide]);
});
