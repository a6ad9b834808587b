/** Thousands with dots from 1.000 on, as Vietnamese official text has them: 12.500. */
export function dotted(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '.');
}

const scaleWords: readonly [scale: number, word: string][] = [
  [1e9, 'tỷ'],
  [1e6, 'triệu'],
];

/**
 * A number in figures. Said in millions or billions and even to two decimals of them it is short,
 * in two parts ("2,3" "tỷ"); an exact amount stands in full ("2.345.678.000").
 */
export function figures(value: number, scale: number): [string] | [string, string] {
  for (const [size, word] of scaleWords) {
    if (scale < size) continue;
    const hundredths = (value * 100) / size;
    if (!Number.isInteger(hundredths)) break;
    return [decimal(hundredths), word];
  }
  return [dotted(value)];
}

function decimal(hundredths: number): string {
  const rest = String(hundredths % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return dotted(Math.floor(hundredths / 100)) + (rest && `,${rest}`);
}

const romans: readonly [number, string][] = [
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

/** Chapters, quarters and terms of office stand in Roman figures; 1…39. */
export function roman(value: number): string {
  let rest = value;
  let text = '';
  for (const [size, letters] of romans) {
    while (rest >= size) {
      text += letters;
      rest -= size;
    }
  }
  return text;
}
