import { describe, expect, test } from 'vitest';
import { Glossary, hotWords, type Term } from './glossary.ts';

const names = [
  ...[
    'Ba Vì',
    'Ba Đình',
    'Chương Mỹ',
    'Gia Lâm',
    'Nam Từ Liêm',
    'Sóc Sơn',
    'Đan Phượng',
    'Mê Linh',
  ],
  ...['Thanh Trì', 'Hai Bà Trưng', 'Hoàn Kiếm', 'Long Biên', 'Trung Hòa', 'Trung Hòa Nhân Chính'],
  ...['Đông Anh', 'Đồng Anh', 'Nguyễn Thị Tuyến', 'Sen', 'OCOP', 'nông thôn mới'],
];
const terms: Term[] = [
  ...names.map((term) => ({ term, soundsLike: [] })),
  { term: 'VNeID', soundsLike: ['vê nê ai đi', 'vi nê i đê'] },
  { term: 'iHanoi', soundsLike: ['ai hà nội'] },
];
const glossary = new Glossary(terms);

function corrected(text: string, confidence: number | null): string {
  const words = text
    .split(' ')
    .map((word, index) => ({ text: word, start: index, end: index + 1, confidence }));
  return glossary
    .correct(words)
    .map((word) => word.text)
    .join(' ');
}

describe.each<[string, number | null, [heard: string, corrected: string][]]>([
  [
    'of an engine that tells no confidence',
    null,
    [
      ['xin mời điểm cầu ba vì', 'xin mời điểm cầu Ba Vì'],
      ['huyện trương mĩ', 'huyện Chương Mỹ'],
      ['huyện trươn mí', 'huyện trươn mí'],
      ['da lâm', 'Gia Lâm'],
      ['gia nâm và xóc sơn', 'Gia Lâm và Sóc Sơn'],
      ['quận lam từ niêm', 'quận Nam Từ Liêm'],
      ['đang phượng', 'Đan Phượng'],
      ['khu chung hòa nhân trính', 'khu Trung Hòa Nhân Chính'],
      ['ở chung hòa', 'ở Trung Hòa'],
      ['ba vị lãnh đạo', 'ba vị lãnh đạo'],
      ['đông anh và đồng anh', 'Đông Anh và Đồng Anh'],
      ['cài vê nê ai đi, ai hà nội.', 'cài VNeID, iHanoi.'],
      ['hoa sen ở tây hồ', 'hoa sen ở tây hồ'],
      ['chương trình ocop', 'chương trình OCOP'],
      ['có ba, vì thế', 'có ba, vì thế'],
      ['Nông thôn mới', 'Nông thôn mới'],
      ['nguyễn thị tuyền', 'Nguyễn Thị Tuyến'],
    ],
  ],
  [
    'where the engine is sure',
    0.95,
    [
      ['điểm cầu ba vì', 'điểm cầu Ba Vì'],
      ['gia nâm', 'gia nâm'],
      ['nguyễn thị tuyền', 'nguyễn thị tuyền'],
    ],
  ],
  [
    'where the engine is not sure',
    0.5,
    [
      ['mê lình', 'Mê Linh'],
      ['bà đình', 'Ba Đình'],
      ['gia nâm', 'Gia Lâm'],
      ['mê mải', 'mê mải'],
    ],
  ],
])('corrects %s', (_name, confidence, cases) => {
  test.each(cases)('%s → %s', (heard, expected) => {
    expect(corrected(heard, confidence)).toBe(expected);
  });
});

test('a phrase keeps its time, shared out among the words of the term', () => {
  const words = ['vê', 'nê', 'ai', 'đi.'].map((text, index) => ({
    text,
    start: index * 100,
    end: index * 100 + 100,
    confidence: 0.9 - index / 10,
  }));
  const [word] = glossary.correct(words);
  expect(word).toMatchObject({ text: 'VNeID.', start: 0, end: 400, isTerm: true });
  expect(word!.confidence).toBeCloseTo(0.6);
});

test('of thousands of terms each is found, and nothing else is changed', () => {
  const onsets = ['b', 'ch', 'd', 'g', 'h', 'k', 'l', 'm', 'ph', 'th'];
  const rhymes = ['a', 'an', 'at', 'em', 'en', 'ia', 'oi', 'on', 'uc', 'um', 'ơi', 'ươn', 'uôi'];
  const syllables = onsets.flatMap((onset) => rhymes.map((rhyme) => onset + rhyme));
  const many = Array.from({ length: 2000 }, (_, index): Term => {
    const parts = [index % 130, (index * 7) % 130, Math.floor(index / 16)];
    return { term: parts.map((part) => syllables[part % 130]!).join(' '), soundsLike: [] };
  });
  const large = new Glossary(many);
  for (const { term } of many) {
    const text = `thưa ${term} vâng`;
    const words = text.split(' ').map((word) => ({ text: word, start: 0, end: 1, confidence: 1 }));
    const found = large.correct(words);
    expect(found.map((word) => word.text).join(' ')).toBe(text);
    expect(found.filter(({ isTerm }) => isTerm)).toHaveLength(3);
  }
});

test('hot words are names of two words and more, each once, without what every hall has', () => {
  const halls = ['Điểm cầu 01 – Ba Đình', 'Điểm cầu 02 – Ba Đình', 'Điểm cầu 07 – Gia Lâm'];
  expect(
    hotWords(
      [
        { term: 'Ba Vì', soundsLike: [] },
        { term: 'Sen', soundsLike: [] },
      ],
      halls,
    ),
  ).toEqual(['Ba Vì', 'Ba Đình', 'Gia Lâm']);
});
