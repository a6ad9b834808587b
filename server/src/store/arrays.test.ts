import { expect, it } from 'vitest';
import { arrayLiteral, type ColumnType } from './arrays.ts';

it.each<[ColumnType, unknown[], string]>([
  ['bigint', [1, null, -3], '{1,NULL,-3}'],
  ['boolean', [true, false, undefined], '{true,false,NULL}'],
  ['uuid', ['0a', null], '{"0a",NULL}'],
  ['text', ['', 'NULL', 'a,b', '{ề}', 'một\nhai'], '{"","NULL","a,b","{ề}","một\nhai"}'],
  ['text', ['"', '\\', '\\"'], String.raw`{"\"","\\","\\\""}`],
  ['jsonb', [{ a: 'x"y' }, [], null], String.raw`{"{\"a\":\"x\\\"y\"}","[]",NULL}`],
  ['text', [], '{}'],
])('%s %j is %s', (type, values, literal) => {
  expect(arrayLiteral(type, values)).toBe(literal);
});
