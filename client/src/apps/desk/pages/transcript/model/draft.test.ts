import { describe, expect, it } from 'vitest';
import { drafted, isChange, isConflict, rebased } from './draft.ts';

const line = { text: 'Bao giờ nạo vét kênh?', revision: 3 };
const typed = drafted(undefined, line, 'Bao giờ nạo vét kênh mương?');

describe('a draft', () => {
  it('remembers the line as it was when typing began', () => {
    const later = drafted(typed, { text: 'Khác', revision: 9 }, 'Bao giờ?');
    expect(later).toEqual({ text: 'Bao giờ?', base: line });
  });

  it.each([
    ['Bao giờ nạo vét kênh mương?', true],
    ['  Bao giờ nạo vét kênh? ', false],
    ['  ', false],
  ])('%j is a change: %s', (text, expected) => {
    expect(isChange(drafted(undefined, line, text), line)).toBe(expected);
  });

  it.each([
    ['the line is as it was', line, false],
    ['only its speaker changed', { ...line, revision: 4 }, false],
    ['somebody gave it other words', { text: 'Khi nào?', revision: 4 }, true],
    ['somebody typed the same', { text: typed.text, revision: 4 }, false],
  ])('is in conflict when %s: %s', (_what, now, expected) => {
    expect(isConflict(typed, now)).toBe(expected);
  });

  it('follows the line, and is done when the line says the same', () => {
    expect(rebased(typed, { ...line, revision: 4 })?.base.revision).toBe(4);
    expect(rebased(typed, { text: typed.text, revision: 4 })).toBeUndefined();
  });
});
