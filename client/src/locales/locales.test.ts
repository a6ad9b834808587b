import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { initialLocale } from './locale.ts';

const here = new URL('.', import.meta.url);
const areas = readdirSync(new URL('vi/', here)).filter((file) => file.endsWith('.ts'));

type Tree = { [key: string]: string | Tree };

/** Every text by its dotted key. */
function texts(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : texts(value, `${prefix}${key}.`),
  );
}

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort();
}

async function load(locale: 'vi' | 'en', area: string): Promise<Tree> {
  const module = (await import(new URL(`${locale}/${area}`, here).href)) as { default: Tree };
  return module.default;
}

describe('locales', () => {
  it('have the same areas', () => {
    expect(readdirSync(new URL('en/', here)).sort()).toEqual([...areas].sort());
  });

  describe.each(areas)('%s', (area) => {
    it('says the same things with the same placeholders, none of them empty', async () => {
      const vi = texts(await load('vi', area));
      const en = texts(await load('en', area));
      const shape = (entries: [string, string][]) =>
        Object.fromEntries(entries.map(([key, text]) => [key, placeholders(text)]));
      expect(shape(en)).toEqual(shape(vi));
      expect([...vi, ...en].filter(([, text]) => text.trim() === '')).toEqual([]);
    });

    it('keeps Vietnamese composed and its keys sorted', async () => {
      const vi = await load('vi', area);
      expect(texts(vi).filter(([, text]) => text !== text.normalize('NFC'))).toEqual([]);
      const unsorted = (tree: Tree, path: string): string[] => {
        const keys = Object.keys(tree);
        const below = keys.flatMap((key) => {
          const value = tree[key]!;
          return typeof value === 'string' ? [] : unsorted(value, `${path}.${key}`);
        });
        return keys.join() === [...keys].sort().join() ? below : [path, ...below];
      };
      expect(unsorted(vi, area)).toEqual([]);
    });
  });
});

describe('initialLocale', () => {
  const remembering = (value: string | null) => () => ({ getItem: () => value });

  it.each([
    ['', null, 'vi'],
    ['', 'en', 'en'],
    ['?lang=en', null, 'en'],
    ['?lang=vi', 'en', 'vi'],
    ['?lang=fr', null, 'vi'],
    ['', 'fr', 'vi'],
  ] as const)('reads the address %j and the memory %j as %s', (search, remembered, locale) => {
    expect(initialLocale(search, remembering(remembered))).toBe(locale);
  });

  it('does without a memory that the browser refuses', () => {
    const refused = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    expect(initialLocale('', refused)).toBe('vi');
  });
});
