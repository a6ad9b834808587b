import type { Random } from '../../simulator/random.ts';

/** One of the choices, each as likely as its weight says. */
export function weigh<T extends string>(random: Random, weights: Readonly<Record<T, number>>): T {
  const choices = Object.entries(weights) as [T, number][];
  let rest = random.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  const chosen = choices.find(([, weight]) => (rest -= weight) < 0) ?? choices.at(-1);
  if (!chosen) throw new Error('nothing to choose from');
  return chosen[0];
}

/** The same items in another order; each order is as likely. */
export function shuffle<T>(random: Random, items: readonly T[]): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = random.int(0, last);
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
}

/** In the form of a UUID (RFC 9562, version 4). */
export function uuidOf(random: Random): string {
  const digits = Array.from({ length: 32 }, () => random.int(0, 15).toString(16));
  digits[12] = '4';
  digits[16] = random.pick(['8', '9', 'a', 'b']);
  return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
