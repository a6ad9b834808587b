/** Numbered bursts of tone: a number is told by pitches, so that whoever hears a burst can name it. */

export interface BurstName {
  hall: number;
  number: number;
}

/** Of one pitch; a burst is `symbols` of them without a pause between. */
export const symbolMs = 60;
export const symbols = 5;
export const burstMs = symbols * symbolMs;
const base = 16;
/** So many numbers there are in each of 16 halls. */
export const mostNumbers = base ** 3;
/** Hz. */
const lowest = 500;
const step = 100;
export const pitches: readonly number[] = Array.from({ length: base }, (_, at) => {
  return lowest + at * step;
});

/** The digits of a burst, the last one to check the others; each is a pitch. */
export function digitsOf({ hall, number }: BurstName): number[] {
  const digits = [hall, number >> 8, (number >> 4) & 15, number & 15];
  return [...digits, checkOf(digits)];
}

/** The burst of these digits; null where they are none. */
export function burstOf(digits: readonly number[]): BurstName | null {
  const [hall = 0, high = 0, middle = 0, low = 0, check] = digits;
  if (digits.length !== symbols || check !== checkOf(digits.slice(0, -1))) return null;
  return { hall, number: (high << 8) | (middle << 4) | low };
}

const checkOf = ([hall = 0, high = 0, middle = 0, low = 0]: readonly number[]) =>
  (3 * hall + 5 * high + 7 * middle + 11 * low + 6) % base;

/** What an engine writes down of a burst, and back. */
export const textOf = ({ hall, number }: BurstName): string => `hall ${hall} burst ${number}`;

/** Null for what is no burst's text. */
export function burstIn(text: string): BurstName | null {
  const [, hall, number] = /^hall (\d+) burst (\d+)$/.exec(text) ?? [];
  return number === undefined ? null : { hall: Number(hall), number: Number(number) };
}

/** A sample of the burst, between -1 and 1; `atS` in seconds from its start. */
export function sampleOf(digits: readonly number[], atS: number): number {
  const digit = digits[Math.floor((atS * 1_000) / symbolMs)];
  return digit === undefined ? 0 : 0.5 * Math.sin(2 * Math.PI * pitches[digit]! * atS);
}
