import type { Sentence } from './spoken.ts';

const symbols: readonly [spoken: string, symbol: string][] = [
  ['ki lô mét vuông', 'km²'],
  ['ki lô mét trên giờ', 'km/giờ'],
  ['ki lô mét một giờ', 'km/giờ'],
  ['ki lô mét giờ', 'km/giờ'],
  ['ki lô mét', 'km'],
  ['cây số', 'km'],
  ['mét vuông', 'm²'],
  ['mét khối', 'm³'],
  ['xăng ti mét vuông', 'cm²'],
  ['xăng ti mét', 'cm'],
  ['mi li mét', 'mm'],
  ['mét', 'm'],
  ['héc ta', 'ha'],
  ['hecta', 'ha'],
  ['ha', 'ha'],
  ['ki lô gam', 'kg'],
  ['mi li gam', 'mg'],
  ['gam', 'g'],
  ['mi li lít', 'ml'],
  ['ki lô oát giờ', 'kWh'],
  ['ki lô oát', 'kW'],
  ['mê ga oát', 'MW'],
  ['ki lô vôn', 'kV'],
  ['đề xi ben', 'dB'],
  ['độ xê', '°C'],
  ['độ c', '°C'],
  ['tấn', 'tấn'],
  ['tạ', 'tạ'],
  ['lít', 'lít'],
  ['sào', 'sào'],
  ['đô la mỹ', 'USD'],
  ['đô la', 'USD'],
  ['ơ rô', 'euro'],
  ['euro', 'euro'],
  ['usd', 'USD'],
];

// "ki lô mét" is written "kilô mét" and "kilômét" as well.
const prefix = /^(ki lô|xăng ti|mi li|mê ga|héc) /;

const patterns = symbols
  .flatMap(([spoken, symbol]) => {
    const halfway = spoken.replace(prefix, (match) => `${match.replaceAll(' ', '')} `);
    const joined = spoken.replace(prefix, (match) => match.replaceAll(' ', ''));
    return [spoken, halfway, joined].map((text) => ({ keys: text.split(' '), symbol }));
  })
  .toSorted((a, b) => b.keys.length - a.keys.length);

/** "hai mét khối" → "m³": the unit at `from`, its symbol, and the index behind it. */
export function readUnit(words: Sentence, from: number): { symbol: string; end: number } | null {
  for (const { keys, symbol } of patterns) {
    if (keys.every((key, offset) => words[from + offset]?.key === key)) {
      return { symbol, end: from + keys.length };
    }
  }
  return null;
}

// "hai đồng chí" are people, "đồng ý" is no money.
const notMoney = new Set(
  'chí bào ý thời tình lòng hành bằng đều nghiệp loạt bộ đội ruộng lúa hồ phục hương môn'.split(
    ' ',
  ),
);

/** Whether the word there is the currency. */
export function isMoney(words: Sentence, index: number): boolean {
  return words[index]?.key === 'đồng' && !notMoney.has(words[index + 1]?.key ?? '');
}
