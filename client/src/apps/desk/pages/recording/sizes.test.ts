import { expect, it } from 'vitest';
import { formatBytes } from './sizes.ts';

it.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [12_345, '12 kB'],
  [1_440_000_000, '1,4 GB'],
  [3_200_000_000_000, '3,2 TB'],
])('%i bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes).replaceAll(' ', ' ')).toBe(words);
});
