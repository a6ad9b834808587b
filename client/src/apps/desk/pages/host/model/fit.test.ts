import { describe, expect, it } from 'vitest';
import { fitText } from './fit.ts';

const words = (length: number) =>
  'Ý kiến về đường làng '.repeat(Math.ceil(length / 21)).slice(0, length);

describe('fitText, in the host’s box of 620 × 290 px', () => {
  it.each([
    ['a line', 35, 32, true],
    ['a usual question', 200, 32, true],
    ['a longer one', 240, 28, true],
    ['a long one', 400, 22, true],
    ['a page', 2_000, 20, false],
  ])('%s of %i letters is set at the right size', (_case, length, sizePx, fits) => {
    expect(fitText(words(length), 620, 290)).toMatchObject({ sizePx, fits });
  });

  it('never grows when the text does', () => {
    const sizes = Array.from({ length: 60 }, (_, i) => fitText(words(i * 20), 620, 290).sizePx);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('counts an empty line as a line', () => {
    expect(fitText('Một\n\nHai\n\nBa\n\nBốn', 620, 290).sizePx).toBeLessThan(32);
  });

  it('takes a box that has no size yet for one line', () => {
    expect(fitText('Một', 0, 0)).toEqual({ sizePx: 20, lines: 1, fits: false });
  });
});
