import { expect, it } from 'vitest';
import { lineWith } from './line.fixture.ts';
import { asRead } from './line.ts';

const read = lineWith();

it.each([
  ['given to another speaker', lineWith({ revision: 1 }), 1],
  ['changed by somebody else', lineWith({ text: 'Bao giờ?', revision: 2 }), 0],
  ['gone', undefined, 0],
])('is taken as it was read: %s', (_case, now, revision) => {
  expect(asRead(read, now)).toEqual({ ...read, revision });
});
