import { describe, expect, test } from 'vitest';
import { mask, maskSpans } from './mask.ts';

describe.each<[string, [text: string, masked: string][]]>([
  [
    'telephone numbers',
    [
      ['Số của tôi là 0912345678.', 'Số của tôi là •••.'],
      ['gọi 0912 345 678 nhé', 'gọi ••• nhé'],
      ['0912.345.678', '•••'],
      ['091-234-5678', '•••'],
      ['+84 912 345 678', '•••'],
      ['(+84)912345678', '•••'],
      ['84912345678', '•••'],
      ['(024) 3825 3536', '•••'],
      ['điện thoại 38253536', 'điện thoại •••'],
      ['Tôi là An, 0912345678, tổ 7', 'Tôi là An, •••, tổ 7'],
      ['số 091234', 'số •••'],
      ['không chín một hai ba bốn', '•••'],
      ['là không chín một hai ba bốn năm sáu bảy tám ạ', 'là ••• ạ'],
    ],
  ],
  [
    'identity cards',
    [
      ['căn cước 001085012345', 'căn cước •••'],
      ['001 085 012 345', '•••'],
      ['CMND số 012345678', 'CMND số •••'],
      ['chứng minh 123 456 789', 'chứng minh •••'],
      ['mang 123456789 ra', 'mang ••• ra'],
    ],
  ],
  [
    'accounts and addresses',
    [
      ['số tài khoản 1903 6789 0123', 'số tài khoản •••'],
      ['tài khoản của tôi ở ngân hàng là 21510001', 'tài khoản của tôi ở ngân hàng là •••'],
      ['chuyển vào 19036789012345', 'chuyển vào •••'],
      ['thư gửi nguyen.van-an@hanoi.gov.vn.', 'thư gửi •••.'],
    ],
  ],
  [
    'profanity',
    [
      ['đéo làm gì cả', '••• làm gì cả'],
      ['Địt mẹ chúng nó', '••• chúng nó'],
      ['địt mẹ'.normalize('NFD'), '•••'],
      ['ĐCM, vcl', '•••, •••'],
      ['what the fuck', 'what the •••'],
    ],
  ],
  [
    'what is shown',
    [
      ['Luật số 45/2019/QH14 năm 2019', 'Luật số 45/2019/QH14 năm 2019'],
      ['Nghị định 30/2020/NĐ-CP', 'Nghị định 30/2020/NĐ-CP'],
      ['công văn 123456789/UBND-VP', 'công văn 123456789/UBND-VP'],
      ['2.345.678.000 đồng', '2.345.678.000 đồng'],
      ['1.234.567.890.123', '1.234.567.890.123'],
      ['123456789 đồng', '123456789 đồng'],
      ['2,3 tỷ đồng cho 12.300 hộ', '2,3 tỷ đồng cho 12.300 hộ'],
      ['ngày 01/02/2026 và 21-11-2026, 01.02.2026', 'ngày 01/02/2026 và 21-11-2026, 01.02.2026'],
      ['từ 2021 2025 2030', 'từ 2021 2025 2030'],
      ['bảo hiểm chi 2.345.678.000 cho dân', 'bảo hiểm chi 2.345.678.000 cho dân'],
      ['gọi là giai đoạn 2025-2030', 'gọi là giai đoạn 2025-2030'],
      ['liên hệ ngày 21-11-2026', 'liên hệ ngày 21-11-2026'],
      ['nhiệm kỳ 2025-2030', 'nhiệm kỳ 2025-2030'],
      ['tổng đài 1022, 113, 1900 1234', 'tổng đài 1022, 113, 1900 1234'],
      ['thửa 125 tờ bản đồ 38', 'thửa 125 tờ bản đồ 38'],
      ['lon nước, con cặp, buổi sáng, lợn', 'lon nước, con cặp, buổi sáng, lợn'],
      ['một hai ba bốn năm', 'một hai ba bốn năm'],
      ['xe đụng người, đủ cả, đục nước', 'xe đụng người, đủ cả, đục nước'],
      ['Scunthorpe, shitake', 'Scunthorpe, shitake'],
    ],
  ],
])('%s', (_name, cases) => {
  test.each(cases)('%s → %s', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });
});

test('tells where each stands, in order', () => {
  expect(maskSpans('a@b.vn, đéo, 0912345678')).toEqual([
    { kind: 'email', start: 0, end: 6 },
    { kind: 'profanity', start: 8, end: 11 },
    { kind: 'phone', start: 13, end: 23 },
  ]);
});

test('a masked text is masked no further', () => {
  const masked = mask('gọi 0912 345 678, đéo sao');
  expect(mask(masked)).toBe(masked);
});
