import { describe, expect, it } from 'vitest';
import { newId } from './new-id.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('a new id', () => {
  it.each([
    ['with the browser’s own', globalThis.crypto],
    [
      'on a page without HTTPS',
      {
        getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
      } as Crypto,
    ],
  ])('is a UUID %s', (_, source) => {
    expect(newId(source)).toMatch(uuid);
    expect(newId(source)).not.toBe(newId(source));
  });
});
