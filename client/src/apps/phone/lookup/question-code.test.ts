import { describe, expect, it } from 'vitest';
import { codeOfLookUp, groupedCode } from './question-code.ts';

describe('the code of a question', () => {
  it.each([
    ['K7M2QX9FA', 'K7M-2QX-9FA'],
    ['K7M2', 'K7M-2'],
    ['', ''],
  ])('%j is shown as %j', (code, shown) => {
    expect(groupedCode(code)).toBe(shown);
  });

  it.each([
    ['/tra-cuu', ''],
    ['/tra-cuu/', ''],
    ['/tra-cuu/k7m-2qx-9fa', 'K7M2QX9FA'],
    ['/tra-cuu/k7m%202qx', 'K7M2QX'],
    ['/tra-cuu/%E0%A4', '%E0%A4'],
    ['/j/K7M', ''],
  ])('in the address %j is %j', (path, code) => {
    expect(codeOfLookUp(path)).toBe(code);
  });
});
