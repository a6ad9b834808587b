import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const source = new URL('..', import.meta.url).pathname;

/** Keys written out in a call or a route's title; composed ones are for their own tests. */
const literalKey = /(?:\bt\(|\btitle: )'([a-z]\w*(?:\.\w+)+)'/g;

function has(messages: object, key: string): boolean {
  const text = key
    .split('.')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], messages);
  return typeof text === 'string';
}

function missing(folders: string, messages: object): string[] {
  return globSync(`${source}${folders}/**/*.{vue,ts}`).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(literalKey)]
      .map((match) => match[1]!)
      .filter((key) => !has(messages, key))
      .map((key) => `${file.slice(source.length)}: ${key}`),
  );
}

// What an app does not load shows its key instead of its words.
describe('every text asked for', () => {
  it.each(['desk', 'phone', 'screen'])('is loaded by the %s', async (app) => {
    const address = new URL(`../apps/${app}/messages.vi.ts`, import.meta.url);
    const { default: messages } = (await import(address.href)) as { default: object };
    expect(missing(`apps/${app}`, messages)).toEqual([]);
    expect(missing('ui', messages)).toEqual([]);
  });
});
