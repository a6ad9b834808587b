import { expect, test } from 'vitest';
import { packAnswer, unpackAnswer } from './answer.ts';

const page = (text: string) => ({ width: 3, height: 4, bytes: Buffer.from(text) });

test('pictures come over as they were', () => {
  const answer = { kind: 'document' as const, pages: [page('one'), page('another')] };
  expect(unpackAnswer(packAnswer(answer))).toEqual(answer);
});

test('what is cut off is no answer', () => {
  const packed = packAnswer({ kind: 'picture', pages: [page('whole')] });
  expect(() => unpackAnswer(packed.subarray(0, -1))).toThrow(RangeError);
  expect(() => unpackAnswer(Buffer.alloc(0))).toThrow(RangeError);
});
