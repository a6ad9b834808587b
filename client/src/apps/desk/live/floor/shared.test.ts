import { expect, it } from 'vitest';
import { sharedBy } from './shared.ts';

it.each([
  [0, 1, null],
  [3, 1, { key: 'people', people: 4, halls: 1 }],
  [11, 5, { key: 'peopleAcross', people: 12, halls: 5 }],
])('a question with %s more people in %s halls', (supporters, halls, shared) => {
  expect(sharedBy({ supporters, halls })).toEqual(shared);
});
