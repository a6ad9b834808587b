import { describe, expect, it } from 'vitest';
import { stepOf, stepped, titleOf } from './paging.ts';

describe('going through a document', () => {
  it.each([
    [1, 1, 2],
    [3, 1, 3],
    [1, -1, 1],
    [3, -1, 2],
    [2, 5, 3],
  ])('from page %d by %d is page %d of 3', (page, by, expected) => {
    expect(stepped({ page, pages: 3 }, by)).toBe(expected);
  });

  const bare = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
  it.each([
    [{ ...bare, key: 'PageDown' }, 1],
    [{ ...bare, key: 'PageUp' }, -1],
    [{ ...bare, key: 'ArrowDown' }, 0],
    [{ ...bare, key: 'PageDown', ctrlKey: true }, 0],
  ])('by the key %o goes %d', (event, step) => {
    expect(stepOf(event)).toBe(step);
  });
});

describe('a document’s title', () => {
  it.each([
    ['Kế hoạch năm 2027.pdf', 'Kế hoạch năm 2027'],
    ['bao_cao.final.PDF', 'bao cao.final'],
    ['Ke\u0302\u0301 hoạch.pdf', 'Kế hoạch'],
    ['.pdf', '–'],
    [`${'a'.repeat(300)}.png`, 'a'.repeat(200)],
  ])('of %s is %s', (name, title) => {
    expect(titleOf(name)).toBe(title);
  });
});
