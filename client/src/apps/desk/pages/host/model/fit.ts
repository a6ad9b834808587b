/** Sizes in px from what the host reads best to the least that reads well at arm's length. */
const sizesPx = [32, 28, 26, 24, 22, 20] as const;

/** A letter's mean width in Be Vietnam Pro, measured on Vietnamese prose, in parts of its size. */
const letterWidth = 0.52;
/** As the page sets the question: stacked diacritics need it. */
const lineHeight = 1.5;

export interface Fitted {
  sizePx: number;
  /** Lines that the box holds at that size; the text may need more when it does not fit. */
  lines: number;
  fits: boolean;
}

/** The largest size at which `text` fits a box of `widthPx` × `heightPx`, else the smallest. */
export function fitText(text: string, widthPx: number, heightPx: number): Fitted {
  const fitted = (sizePx: number): Fitted => {
    const lines = Math.max(1, Math.floor(heightPx / (sizePx * lineHeight)));
    return { sizePx, lines, fits: linesOf(text, widthPx / (sizePx * letterWidth)) <= lines };
  };
  return sizesPx.map(fitted).find(({ fits }) => fits) ?? fitted(sizesPx[sizesPx.length - 1]!);
}

function linesOf(text: string, lettersPerLine: number): number {
  return text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lettersPerLine)), 0);
}
