import { errorCodes } from '@nhip-cau/shared/protocol/errors';
import { describe, expect, it } from 'vitest';
import vi from '../locales/vi/errors.ts';

function has(path: string): boolean {
  const text = path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], vi);
  return typeof text === 'string';
}

describe('refusals', () => {
  it.each(Object.keys(errorCodes))('%s has words', (code) => {
    expect(has(code)).toBe(true);
  });
});
