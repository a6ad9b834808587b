import { expect, test } from 'vitest';
import { framesOf } from './camera.ts';

test('frames are put together from their parts, without what stands before each part', () => {
  const part = (marker: boolean, ...bytes: number[]) => ({ marker, payload: Buffer.from(bytes) });
  expect(framesOf([part(false, 0x10, 1), part(true, 0, 2, 3), part(true, 0x10, 4)])).toEqual([
    Buffer.from([1, 2, 3]),
    Buffer.from([4]),
  ]);
});
