import { randomInt } from 'node:crypto';

/** No 0/O and 1/I: a code is read aloud and typed. */
export const codeAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Random characters of the alphabet, 5 bits each. */
export function randomCode(length: number): string {
  return Array.from({ length }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');
}

/** In groups of four, as it is printed: `ABCD-EFGH`. */
export function grouped(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}
