import { randomInt } from 'node:crypto';

/** No 0/O and 1/I/L: a code is read aloud and typed. */
export const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** As many characters as one random number below 2^48 gives, each as likely as the others. */
const atOnce = 9;

/** `length` random characters of the alphabet, almost 5 bits each. */
export function randomCode(length: number): string {
  let code = '';
  while (code.length < length) {
    let number = randomInt(codeAlphabet.length ** atOnce);
    for (let count = 0; count < atOnce && code.length < length; count += 1) {
      code += codeAlphabet[number % codeAlphabet.length];
      number = Math.floor(number / codeAlphabet.length);
    }
  }
  return code;
}
