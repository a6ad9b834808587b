import { expect, it } from 'vitest';
import { hallName } from './hall-name.ts';

it.each([
  ['Điểm cầu phường Bồ Đề', 'Phường Bồ Đề'],
  ['ĐIỂM CẦU xã Cổ Loa', 'Xã Cổ Loa'],
  ['Ba Vì 07', 'Ba Vì 07'],
  ['Điểm cầu', 'Điểm cầu'],
  ['Trung tâm điểm cầu', 'Trung tâm điểm cầu'],
])('%s is shown as %s', (name, shown) => {
  expect(hallName(name)).toBe(shown);
});
