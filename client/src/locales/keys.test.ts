import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import desk from '../apps/desk/messages.vi.ts';
import phone from '../apps/phone/messages.vi.ts';
import screen from '../apps/screen/messages.vi.ts';

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
  it.each(Object.entries({ desk, phone, screen }))('is loaded by the %s', (app, messages) => {
    expect(missing(`apps/${app}`, messages)).toEqual([]);
    expect(missing('ui', messages)).toEqual([]);
  });
});
