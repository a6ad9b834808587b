import { describe, expect, test } from 'vitest';
import { writtenForm } from './written-form.ts';

/** Words of a second each, as an engine would hand them over. */
function written(spoken: string): string {
  const words = spoken
    .split(' ')
    .map((text, index) => ({ text, start: index, end: index + 1, confidence: null }));
  return writtenForm(words)
    .map(({ text }) => text)
    .join(' ');
}

describe.each<[string, [spoken: string, written: string][]]>([
  [
    'whole numbers',
    [
      ['hội nghị có mười hai điểm cầu', 'hội nghị có 12 điểm cầu'],
      ['hai mươi mốt hộ dân', '21 hộ dân'],
      ['ba mươi tư hộ và bốn mươi lăm hộ', '34 hộ và 45 hộ'],
      ['hai mươi nhăm ý kiến', '25 ý kiến'],
      ['ba lăm hộ chưa có nước', '35 hộ chưa có nước'],
      ['ba chục hộ', '30 hộ'],
      ['một trăm linh năm kiến nghị', '105 kiến nghị'],
      ['hai trăm lẻ bốn hộ', '204 hộ'],
      ['hai trăm rưỡi', '250'],
      ['một trăm hai ba đại biểu', '123 đại biểu'],
      ['năm trăm bảy mươi chín điểm cầu', '579 điểm cầu'],
      ['một nghìn không trăm linh năm người', '1.005 người'],
      ['mười hai ngàn ba trăm đại biểu', '12.300 đại biểu'],
      ['chín trăm linh hai nghìn hội viên', '902.000 hội viên'],
      ['hai nghìn ba', '2.300'],
      ['ba vạn dân', '30.000 dân'],
      ['gần mười lăm nghìn chị em', 'gần 15.000 chị em'],
      ['Hai mươi hộ, ba mươi cháu.', '20 hộ, 30 cháu.'],
    ],
  ],
  [
    'what stays words',
    [
      ['một số hộ', 'một số hộ'],
      ['một vài ý kiến', 'một vài ý kiến'],
      ['năm nay khác năm ngoái', 'năm nay khác năm ngoái'],
      ['ba mẹ tôi làm ở khu vực tư nhân', 'ba mẹ tôi làm ở khu vực tư nhân'],
      ['trăm sự nhờ các đồng chí', 'trăm sự nhờ các đồng chí'],
      ['phải suy nghĩ chín chắn', 'phải suy nghĩ chín chắn'],
      ['hai bên đường', 'hai bên đường'],
      ['hai đồng chí phó chủ tịch', 'hai đồng chí phó chủ tịch'],
      ['năm đồng bào dân tộc', 'năm đồng bào dân tộc'],
      ['hai ba hộ', 'hai ba hộ'],
      ['hai ba mươi hộ', 'hai ba mươi hộ'],
      ['vài ba trăm hộ', 'vài ba trăm hộ'],
      ['hàng trăm nghìn lượt', 'hàng trăm nghìn lượt'],
      ['mấy chục năm', 'mấy chục năm'],
      ['ba mươi mấy hộ', 'ba mươi mấy hộ'],
      ['bán lẻ và bán buôn', 'bán lẻ và bán buôn'],
      ['không một ai trả lời', 'không một ai trả lời'],
      ['hai tỷ lệ khác nhau', 'hai tỷ lệ khác nhau'],
      ['năm năm qua', 'năm năm qua'],
      ['một phần ba mẹ con tôi', 'một phần ba mẹ con tôi'],
      ['một phần hai bên cùng lo', 'một phần hai bên cùng lo'],
      ['điều ba mẹ tôi lo', 'điều ba mẹ tôi lo'],
      ['mỗi tháng hai lần', 'mỗi tháng hai lần'],
      ['cùng tháng năm ngoái', 'cùng tháng năm ngoái'],
      ['ngày tháng năm sinh', 'ngày tháng năm sinh'],
      ['lần thứ hai', 'lần thứ hai'],
      ['con số ba người', 'con số ba người'],
      ['không có một đồng nào', 'không có một đồng nào'],
      ['có một không hai', 'có một không hai'],
      ['cách đây năm năm', 'cách đây năm năm'],
      ['khoảng hai mươi ba mươi hộ', 'khoảng hai mươi ba mươi hộ'],
      ['bốn năm chục mét', 'bốn năm chục mét'],
      ['một là đất đai hai là môi trường', 'một là đất đai hai là môi trường'],
      ['alo một hai ba bốn', 'alo một hai ba bốn'],
      ['quận hai bà trưng', 'quận hai bà trưng'],
      ['cả nhà hai tầng ba phòng', 'cả nhà hai tầng ba phòng'],
      ['đã nộp 20 triệu đồng', 'đã nộp 20 triệu đồng'],
    ],
  ],
  [
    'years and what is no five',
    [
      ['mười năm nay', '10 năm nay'],
      ['hai mươi năm rồi', '20 năm rồi'],
      ['hai mươi lăm năm', '25 năm'],
      ['một trăm năm', '100 năm'],
      ['một trăm năm mươi', '150'],
      ['hai nghìn năm trăm', '2.500'],
      ['mỗi năm năm mươi hộ', 'mỗi năm 50 hộ'],
      ['hai tư vấn viên', 'hai tư vấn viên'],
      ['hai mươi tư vấn viên', '20 tư vấn viên'],
      ['hai mươi tư nhân viên', '24 nhân viên'],
    ],
  ],
  [
    'decimals, percentages, ratios',
    [
      ['tăng hai phẩy năm lần', 'tăng 2,5 lần'],
      ['tỷ lệ chín mươi ba phần trăm', 'tỷ lệ 93%'],
      ['bảy mươi chín phẩy sáu phần trăm', '79,6%'],
      ['không phẩy bảy phần trăm', '0,7%'],
      ['ba phẩy không tám', '3,08'],
      ['hai phẩy hai mươi lăm phần trăm', '2,25%'],
      ['hai phẩy năm năm qua', '2,5 năm qua'],
      ['hai phẩy năm năm phần trăm', '2,55%'],
      ['đồng thuận trăm phần trăm', 'đồng thuận 100%'],
      ['một trăm phần trăm', '100%'],
      ['từ năm đến bảy phần trăm', 'từ 5 đến 7%'],
      ['ba phần nghìn', '3‰'],
      ['tăng hai điểm phần trăm', 'tăng 2 điểm phần trăm'],
      ['sáu mươi bốn trên sáu mươi chín vụ việc', '64/69 vụ việc'],
      ['trực hai mươi tư trên hai mươi tư giờ', 'trực 24/24 giờ'],
      ['hai phần ba số hộ', '2/3 số hộ'],
      ['ba phần tư diện tích', '3/4 diện tích'],
      ['bản đồ một trên năm trăm', 'bản đồ 1/500'],
      ['công nghiệp bốn chấm không', 'công nghiệp 4.0'],
    ],
  ],
  [
    'money',
    [
      ['hai tỷ ba trăm triệu đồng', '2,3 tỷ đồng'],
      ['hai tỷ ba', '2,3 tỷ'],
      ['hai triệu rưỡi', '2,5 triệu'],
      ['một tỉ rưỡi đồng', '1,5 tỷ đồng'],
      ['hai nghìn ba trăm tỷ đồng', '2.300 tỷ đồng'],
      ['một phẩy hai tỷ đồng', '1,2 tỷ đồng'],
      ['một trăm năm mươi triệu đồng', '150 triệu đồng'],
      ['một triệu hai trăm nghìn đồng', '1,2 triệu đồng'],
      ['một triệu hai trăm ba mươi bốn nghìn năm trăm đồng', '1.234.500 đồng'],
      ['hai tỷ ba trăm bốn mươi lăm triệu sáu trăm nghìn đồng', '2.345.600.000 đồng'],
      ['năm nghìn đồng một mét khối', '5.000 đồng một mét khối'],
      ['hai mươi triệu một mét vuông', '20 triệu một mét vuông'],
      ['mỗi hộ hai trăm nghìn một năm', 'mỗi hộ 200.000 một năm'],
      ['năm triệu tám', '5,8 triệu'],
      ['tám mươi lăm nghìn tám trăm mười ba tỷ đồng', '85.813 tỷ đồng'],
      ['ba triệu một tháng', '3 triệu một tháng'],
      ['hai đồng', '2 đồng'],
      ['từ ba trăm đến năm trăm nghìn đồng', 'từ 300 đến 500 nghìn đồng'],
      ['từ hai đến ba triệu đồng', 'từ 2 đến 3 triệu đồng'],
      ['chi hai tỷ năm hai nghìn không trăm hai lăm', 'chi 2 tỷ năm 2025'],
      ['năm trăm đô la', '500 USD'],
    ],
  ],
  [
    'dates',
    [
      [
        'ngày hai mươi mốt tháng mười một năm hai nghìn không trăm hai mươi sáu',
        'ngày 21 tháng 11 năm 2026',
      ],
      ['ngày ba tháng hai năm hai nghìn không trăm hai mươi lăm', 'ngày 03 tháng 02 năm 2025'],
      ['ngày chín tháng một', 'ngày 09 tháng 01'],
      ['ngày mười tháng mười', 'ngày 10 tháng 10'],
      ['ngày năm tháng năm năm hai không hai sáu', 'ngày 05 tháng 5 năm 2026'],
      ['ngày mùng hai tháng chín', 'ngày mùng 2 tháng 9'],
      ['mồng ba tết', 'mồng 3 tết'],
      ['sáng mười tám tháng ba', 'sáng 18 tháng 3'],
      ['từ tháng tư đến tháng sáu', 'từ tháng 4 đến tháng 6'],
      ['trong tháng năm này', 'trong tháng năm này'],
      ['hết tháng năm chưa xong', 'hết tháng 5 chưa xong'],
      ['năm một chín bảy lăm', 'năm 1975'],
      ['năm một nghìn chín trăm chín mươi tám', 'năm 1998'],
      ['năm hai nghìn hai mươi', 'năm 2020'],
      ['năm hai nghìn không trăm hai sáu', 'năm 2026'],
      ['trong năm hai nghìn hộ được vay', 'trong năm 2.000 hộ được vay'],
      [
        'từ năm hai nghìn không trăm hai mươi đến hai nghìn không trăm hai mươi lăm',
        'từ năm 2020 đến 2025',
      ],
      [
        'nhiệm kỳ hai nghìn không trăm hai mươi lăm hai nghìn không trăm ba mươi',
        'nhiệm kỳ 2025-2030',
      ],
      ['giai đoạn hai không hai một đến hai không hai lăm', 'giai đoạn 2021 đến 2025'],
      ['quý hai năm hai nghìn không trăm hai mươi sáu', 'quý II năm 2026'],
      [
        'từ hai nghìn không trăm hai mươi đến hai nghìn không trăm hai mươi lăm',
        'từ 2020 đến 2025',
      ],
      ['đến hai không ba không', 'đến 2030'],
      ['tầm nhìn hai nghìn không trăm bốn lăm', 'tầm nhìn 2045'],
      ['đến hai nghìn không trăm hai mươi lăm hộ', 'đến 2.025 hộ'],
      ['sinh năm năm sáu', 'sinh năm năm sáu'],
      ['thứ hai ngày hai mươi ba tháng mười một', 'thứ Hai ngày 23 tháng 11'],
      ['sáng thứ tư tuần sau', 'sáng thứ Tư tuần sau'],
    ],
  ],
  [
    'hours',
    [
      ['mười bốn giờ ba mươi', '14 giờ 30'],
      ['mười bốn giờ ba mươi phút', '14 giờ 30 phút'],
      ['bảy giờ năm phút', '7 giờ 05 phút'],
      ['tám giờ rưỡi', '8 giờ 30'],
      ['chín giờ kém mười lăm', '9 giờ kém 15'],
      ['ba giờ chiều', '3 giờ chiều'],
      ['lúc năm giờ', 'lúc 5 giờ'],
      ['không giờ ngày mùng một tháng bảy', '0 giờ ngày mùng 1 tháng 7'],
      ['từ bảy giờ đến chín giờ', 'từ 7 giờ đến 9 giờ'],
      ['vào hồi tám giờ không phút', 'vào hồi 8 giờ 00 phút'],
      ['chờ hai giờ liền', 'chờ hai giờ liền'],
    ],
  ],
  [
    'units',
    [
      ['ba mét vuông', '3 m²'],
      ['hai ki lô mét', '2 km'],
      ['sáu kilômét', '6 km'],
      ['năm kilô mét', '5 km'],
      ['bảy cây số rưỡi', '7,5 km'],
      ['một mét sáu', '1,6 m'],
      ['hai héc ta rưỡi lúa', '2,5 ha lúa'],
      ['bốn mươi mét khối nước', '40 m³ nước'],
      ['ba tấn rác', '3 tấn rác'],
      ['hai ki lô gam', '2 kg'],
      ['bốn mươi ki lô mét trên giờ', '40 km/giờ'],
      ['ba mươi tám độ xê', '38 °C'],
      ['năm trăm ki lô oát giờ', '500 kWh'],
    ],
  ],
  [
    'what is called by a number',
    [
      ['điều mười hai khoản ba luật đất đai', 'Điều 12 khoản 3 luật đất đai'],
      ['khoản hai điều bảy mươi chín', 'khoản 2 Điều 79'],
      ['chương ba của luật', 'Chương III của luật'],
      ['tổ dân phố số bảy', 'tổ dân phố số 7'],
      ['quận một và phường mười lăm', 'Quận 1 và Phường 15'],
      ['nhà số năm ngõ bốn', 'nhà số 5 ngõ 4'],
      ['tổ ba khu hai', 'tổ 3 khu 2'],
      ['quốc lộ một a', 'quốc lộ 1A'],
      ['vành đai hai bên đường', 'vành đai hai bên đường'],
      ['đường vành đai bốn', 'đường vành đai 4'],
      ['vành đai ba phẩy năm', 'vành đai 3,5'],
      ['quốc lộ ba hai', 'quốc lộ 32'],
      ['phòng ba không hai', 'phòng 302'],
      ['khóa mười sáu', 'khóa XVI'],
      ['đại hội đảng bộ thành phố lần thứ mười tám', 'đại hội đảng bộ thành phố lần thứ XVIII'],
      ['kỳ họp thứ hai mươi mốt', 'kỳ họp thứ 21'],
      ['nghị quyết số hai mươi bảy', 'nghị quyết số 27'],
      ['nghị định số ba mươi trên hai nghìn không trăm hai mươi', 'nghị định số 30/2020'],
    ],
  ],
  [
    'digits one by one',
    [
      ['số của tôi là không chín một hai ba bốn năm sáu bảy tám', 'số của tôi là 0912345678'],
      ['gọi không chín tám bảy sáu lăm bốn ba hai một nhé', 'gọi 0987654321 nhé'],
      ['không chín tám ba trăm hai mươi mốt bốn năm sáu bảy', '0983214567'],
      ['số không ba ba ba bốn bốn bốn năm năm năm không', 'số 0333444555 không'],
      [
        'căn cước số không không một không tám năm không một hai ba bốn năm',
        'căn cước số 001085012345',
      ],
      ['tổng đài một không hai hai', 'tổng đài 1022'],
    ],
  ],
])('%s', (_name, cases) => {
  test.each(cases)('%s → %s', (spoken, expected) => {
    expect(written(spoken)).toBe(expected);
  });
});

test('a number never reads across a mark', () => {
  expect(written('có hai, ba mươi hộ')).toBe('có hai, 30 hộ');
});

test('the words of a term are no numbers', () => {
  const words = ['quận', 'Hai', 'Bà', 'Trưng', 'mười', 'hai'].map((text, index) => ({
    text,
    start: index,
    end: index + 1,
    confidence: 1,
    ...(index > 0 && index < 4 ? { isTerm: true as const } : {}),
  }));
  expect(writtenForm(words).map(({ text }) => text)).toEqual(['quận', 'Hai', 'Bà', 'Trưng', '12']);
});

test('a figure lasts from its first word to its last, as sure as the least of them', () => {
  const words = ['hai', 'tỷ', 'ba', 'trăm', 'triệu', 'đồng.'].map((text, index) => ({
    text,
    start: index * 100,
    end: index * 100 + 80,
    confidence: [0.9, 0.8, 0.4, 0.7, 0.95, null][index]!,
  }));
  expect(writtenForm(words)).toEqual([
    { text: '2,3', start: 0, end: 380, confidence: 0.4 },
    { text: 'tỷ', start: 400, end: 480, confidence: 0.95 },
    { text: 'đồng.', start: 500, end: 580, confidence: null },
  ]);
});
