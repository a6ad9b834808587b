import { describe, expect, it } from 'vitest';
import { copyJson, sameJson } from './json.ts';

const question = () => ({
  id: 'q1',
  wording: 'Bao giờ có nước sạch?',
  rank: null,
  disposition: { kind: 'assigned', agency: 'Sở Xây dựng', days: [1, { of: 'tháng' }] },
  mergedIds: [] as string[],
});

describe('copyJson', () => {
  it('gives what JSON would give, undefined fields left out', () => {
    const value = { ...question(), left: undefined, holes: [1, undefined, null] };
    expect(copyJson(value)).toStrictEqual(JSON.parse(JSON.stringify(value)));
  });

  it('shares nothing that can change', () => {
    const value = question();
    const copy = copyJson(value);
    value.disposition.days.push(2);
    value.disposition.agency = 'Sở Y tế';
    value.mergedIds.push('q2');
    expect(copy).toStrictEqual(question());
  });

  it.each([null, 0, '', true, 'a'])('leaves %j as it is', (scalar) => {
    expect(copyJson(scalar)).toBe(scalar);
  });
});

describe('sameJson', () => {
  it.each([
    [question(), question(), true],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, true],
    [{ a: 1, b: undefined }, { a: 1, c: undefined }, true],
    [{ a: 1 }, { a: 1, b: null }, false],
    [{ a: 1, b: null }, { a: 1 }, false],
    [{ a: 1, c: 1 }, { a: 1, b: 1 }, false],
    [{ a: [1, 2] }, { a: [1, 2, 3] }, false],
    [{ a: [1, [2]] }, { a: [1, [2]] }, true],
    [[], {}, false],
    [null, {}, false],
    [{}, null, false],
    [null, null, true],
    ['1', 1, false],
    [{ a: { b: { c: 'x' } } }, { a: { b: { c: 'y' } } }, false],
  ])('of %j and %j is %j', (one, other, same) => {
    expect(sameJson(one, other)).toBe(same);
  });
});
