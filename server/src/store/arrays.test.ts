import { expect, it } from 'vitest';
import { arrayLiteral } from './arrays.ts';

it.each<[unknown[], string]>([
  [[1, null, -3], '{1,NULL,-3}'],
  [[true, false, undefined], '{true,false,NULL}'],
  [['0a', null], '{"0a",NULL}'],
  [['', 'NULL', 'a,b', '{ề}', 'một\nhai'], '{"","NULL","a,b","{ề}","một\nhai"}'],
  [['"', '\\', '\\"'], String.raw`{"\"","\\","\\\""}`],
  [[], '{}'],
])('%j is %s', (values, literal) => {
  expect(arrayLiteral(values)).toBe(literal);
});
