import { describe, expect, test } from 'vitest';
import type { EngineFinal } from '../engine.ts';
import { adapt, type Term, termsWithHalls } from './index.ts';

const halls = [
  'Ba Vì',
  'Ba Đình',
  'Hai Bà Trưng',
  'Gia Lâm',
  'Nam Từ Liêm',
  'Thanh Trì',
  'Mê Linh',
];
const terms: Term[] = termsWithHalls(
  [
    { term: 'Phúc Xá', soundsLike: [] },
    { term: 'VNeID', soundsLike: ['vê nê ai đi'] },
    { term: 'Nguyễn Thị Tuyến', soundsLike: [] },
  ],
  halls.map((name, index) => `Điểm cầu ${String(index + 1).padStart(2, '0')} – ${name}`),
);

/** A final of words of 250 ms with 50 ms between them, from sample 16,000 on. */
function finalOf(text: string, confidence: number | null = null): EngineFinal {
  const words = text.split(' ').map((word, index) => ({
    text: word,
    start: 16_000 + index * 4_800,
    end: 16_000 + index * 4_800 + 4_000,
    confidence,
  }));
  return { text, start: 16_000, end: words.at(-1)!.end, confidence, words, speaker: null };
}

describe('sentences of a dialogue in Hanoi', () => {
  test.each([
    [
      'kính thưa đồng chí chủ tịch tôi là nguyễn thị tuyến ở phường phúc xá quận ba đình',
      'Kính thưa đồng chí chủ tịch tôi là Nguyễn Thị Tuyến ở phường Phúc Xá quận Ba Đình.',
    ],
    [
      'quận hai bà trưng có hai mươi ba tổ dân phố với mười hai nghìn năm trăm hộ',
      'Quận Hai Bà Trưng có 23 tổ dân phố với 12.500 hộ.',
    ],
    [
      'dự án đường vành đai bốn qua mê linh được phê duyệt ngày ba tháng hai năm hai nghìn không trăm hai mươi lăm',
      'Dự án đường vành đai 4 qua Mê Linh được phê duyệt ngày 03 tháng 02 năm 2025.',
    ],
    [
      'theo khoản hai điều bảy mươi chín luật đất đai thì giá đền bù là bao nhiêu',
      'Theo khoản 2 Điều 79 Luật Đất đai thì giá đền bù là bao nhiêu?',
    ],
    [
      'xã có sáu mươi chín vụ việc đã giải quyết sáu mươi bốn đạt chín mươi ba phần trăm',
      'Xã có 69 vụ việc đã giải quyết 64 đạt 93%.',
    ],
    [
      'ủy ban nhân dân huyện thanh chì đã chi hai tỷ ba trăm triệu đồng',
      'Ủy ban nhân dân huyện Thanh Trì đã chi 2,3 tỷ đồng.',
    ],
    [
      'hội nghị bắt đầu lúc mười bốn giờ ba mươi tại năm trăm bảy mươi chín điểm cầu',
      'Hội nghị bắt đầu lúc 14 giờ 30 tại 579 điểm cầu.',
    ],
    [
      'người dân cài vê nê ai đi số điện thoại không chín một hai ba bốn năm sáu bảy tám',
      'Người dân cài VNeID số điện thoại 0912345678.',
    ],
    [
      'bao giờ có nước sạch cho hai trăm linh năm hộ ở gia nâm ạ',
      'Bao giờ có nước sạch cho 205 hộ ở Gia Lâm ạ?',
    ],
    [
      'ba mẹ tôi ngoài bảy mươi tuổi hai bên nội ngoại đều ở ba vì',
      'Ba mẹ tôi ngoài 70 tuổi hai bên nội ngoại đều ở Ba Vì.',
    ],
    [
      'nhiệm kỳ hai nghìn không trăm hai mươi lăm hai nghìn không trăm ba mươi',
      'Nhiệm kỳ 2025-2030.',
    ],
    ['HUYỆN BA VÌ CÓ BA MƯƠI XÃ', 'Huyện Ba Vì có 30 xã.'],
    ['Xin mời điểm cầu ba vì.', 'Xin mời điểm cầu Ba Vì.'],
    ['Xã tôi có hai mươi hộ nghèo, đúng không?', 'Xã tôi có 20 hộ nghèo, đúng không?'],
  ])('%s → %s', (spoken, read) => {
    const line = adapt(finalOf(spoken), { terms });
    expect(line.text).toBe(read);
    expect(line.words.map(({ text }) => text).join(' ')).toBe(line.text);
    expect(line.raw).toBe(spoken);
  });
});

test('words have their times in ms from the start of the line, a figure that of all its words', () => {
  expect(adapt(finalOf('có hai mươi hộ', 0.8), { terms }).words).toEqual([
    { text: 'Có', startMs: 0, endMs: 250, confidence: 0.8 },
    { text: '20', startMs: 300, endMs: 850, confidence: 0.8 },
    { text: 'hộ.', startMs: 900, endMs: 1150, confidence: 0.8 },
  ]);
});

test('without word times the words share the time of the final by their length', () => {
  const final: EngineFinal = {
    text: 'Vâng, xin mời.',
    start: 32_000,
    end: 32_000 + 16_000,
    confidence: 0.7,
    words: null,
    speaker: null,
  };
  expect(adapt(final, { terms })).toEqual({
    text: 'Vâng, xin mời.',
    words: [
      { text: 'Vâng,', startMs: 0, endMs: 417, confidence: 0.7 },
      { text: 'xin', startMs: 417, endMs: 667, confidence: 0.7 },
      { text: 'mời.', startMs: 667, endMs: 1000, confidence: 0.7 },
    ],
    raw: 'Vâng, xin mời.',
  });
});

test('marks and capitals that stand in the text alone are kept, on the times of the words', () => {
  const final = finalOf('xin mời bà con');
  const same = adapt({ ...final, text: 'Xin mời, bà con!' }, { terms });
  expect(same.text).toBe('Xin mời, bà con!');
  expect(same.words[1]).toMatchObject({ text: 'mời,', startMs: 300, endMs: 550 });
  const other = adapt({ ...final, text: 'Xin mời – bà con!' }, { terms });
  expect(other.text).toBe('Xin mời – bà con!');
  expect(other.words[3]).toMatchObject({ text: 'bà', startMs: 600 });
});

test('a word that an engine gives with spaces becomes several', () => {
  const final: EngineFinal = {
    text: 'xin mời',
    start: 0,
    end: 16_000,
    confidence: null,
    words: [{ text: ' xin mời', start: 0, end: 16_000, confidence: null }],
    speaker: null,
  };
  expect(adapt(final, { terms }).words.map(({ text, startMs }) => [text, startMs])).toEqual([
    ['Xin', 0],
    ['mời.', 500],
  ]);
});
