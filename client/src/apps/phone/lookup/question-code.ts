import { normaliseCode } from '../entry/join-code.ts';

/** In groups of three, as it is read out and written down: `K7M-2QX-9FA`. */
export function groupedCode(code: string): string {
  return code.replace(/(.{3})(?=.)/g, '$1-');
}

/** The code in an address like `/tra-cuu/K7M-2QX-9FA`, or an empty text. */
export function codeOfLookUp(path: string): string {
  const code = /^\/tra-cuu\/([^/]+)\/?$/.exec(path)?.[1] ?? '';
  try {
    return normaliseCode(decodeURIComponent(code));
  } catch {
    return normaliseCode(code);
  }
}
