import { expect, test } from 'vitest';
import { LineSplitter } from './lines.ts';

function split(chunks: readonly string[], maxBytes = 100): (string | null)[] {
  const lines: (string | null)[] = [];
  const splitter = new LineSplitter(maxBytes, (line) => lines.push(line));
  for (const chunk of chunks) splitter.push(Buffer.from(chunk, 'latin1'));
  splitter.end();
  return lines;
}

const utf8 = (text: string) => Buffer.from(text).toString('latin1');

test.each<[what: string, chunks: string[], lines: (string | null)[]]>([
  ['nothing', [], []],
  ['a line', ['one\n'], ['one']],
  ['an empty one', ['\n\n'], ['', '']],
  ['in pieces', ['o', 'n', 'e\ntw', 'o\n'], ['one', 'two']],
  ['the last without its end', ['one\ntwo'], ['one', 'two']],
  ['a letter cut in two', [utf8('đường\n').slice(0, 1), utf8('đường\n').slice(1)], ['đường']],
  ['one too long, and the next', ['x'.repeat(60), 'x'.repeat(60), 'x\nnext\n'], [null, 'next']],
  ['one too long without its end', ['x'.repeat(101)], [null]],
  ['one as long as may be', [`${'x'.repeat(100)}\n`], ['x'.repeat(100)]],
])('%s', (_, chunks, lines) => {
  expect(split(chunks)).toEqual(lines);
});
