import { describe, expect, it } from 'vitest';
import { compareText, fold } from './text.ts';

describe('fold', () => {
  it.each([
    ['Đất đai', 'dat dai'],
    ['ĐƯỜNG TRƯỜNG SƠN', 'duong truong son'],
    ['Nguyễn Thị Ổn'.normalize('NFD'), 'nguyen thi on'],
    ['  Ba Vì ', 'ba vi'],
  ])('%s is searched as %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });
});

describe('compareText', () => {
  it('sorts as a Vietnamese index does, numbers by value', () => {
    const sorted = ['Đống Đa 10', 'Ba Vì', 'Đống Đa 2', 'Dương Xá', 'Ân Thi', 'An Khánh'];
    expect(sorted.toSorted(compareText)).toEqual([
      'An Khánh',
      'Ân Thi',
      'Ba Vì',
      'Dương Xá',
      'Đống Đa 2',
      'Đống Đa 10',
    ]);
  });
});
