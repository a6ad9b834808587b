import { expect, it } from 'vitest';
import { isThisMachine, joinAddress, spacedCode, typedAddress } from './posterAddress.ts';

it('gives a phone the whole address and a person the shortest', () => {
  expect(joinAddress('https://doithoai.vn', 'K7M2QP')).toBe('https://doithoai.vn/j/K7M2QP');
  expect(typedAddress('https://doithoai.vn:8443')).toBe('doithoai.vn:8443/phone');
  expect(spacedCode('K7M2QP')).toBe('K7M 2QP');
});

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['doithoai.hanoi.gov.vn', false],
  ['10.0.0.4', false],
])('%s opens on this machine only: %s', (hostname, expected) => {
  expect(isThisMachine(hostname)).toBe(expected);
});
