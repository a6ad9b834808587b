import { describe, expect, it } from 'vitest';
import { codeOfPath } from './join-code.ts';

describe('a join code', () => {
  it.each([
    ['/j/K7M2QX', 'K7M2QX'],
    ['/j/k7m-2qx/', 'K7M2QX'],
    ['/j/k7m%202qx', 'K7M2QX'],
    ['/j/%E0%A4%A', '%E0%A4%A'],
    ['/j/', null],
    ['/phone', null],
    ['/phone/j/K7M2QX', null],
  ])('is read from %s as %s', (path, code) => {
    expect(codeOfPath(path)).toBe(code);
  });
});
