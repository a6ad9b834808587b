import { randomInt } from 'node:crypto';

/** No 0/O and 1/I/L: a code is read aloud and typed. */
export const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** `length` random characters of the alphabet, almost 5 bits each. */
export function randomCode(length: number): string {
  return Array.from({ length }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');
}
