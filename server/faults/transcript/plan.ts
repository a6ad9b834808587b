import { shuffle } from '../support/chance.ts';
import type { Random } from '../../simulator/random.ts';

/** What is done while halls speak. */
export const disturbances = [
  /** The engines are killed, several times. */
  'engineKilled',
  /** They end by themselves as soon as they are given sound, for a while. */
  'engineDies',
  /** They stand still for longer than a line may take, then go on. */
  'enginePaused',
  /** They stand still until the server gives them up. */
  'engineStalled',
  /** They take sound and say nothing, then end. */
  'engineMute',
  /** They say between their lines what nobody can read, what is too long, and old lines again. */
  'garbage',
  /** They say such things, or partial results, without end. */
  'floodGarbage',
  'floodPartials',
  /** The server is killed, and started again. */
  'serverKilled',
  /** And once more while it hears what the first kill left. */
  'serverKilledTwice',
  /** It is killed while engines that stood still make up for it. */
  'serverKilledBehind',
] as const;
export type Disturbance = (typeof disturbances)[number];

export interface RoundPlan {
  readonly kind: Disturbance;
  /** Until it begins, and how long it takes, where it takes time, in ms. */
  readonly afterMs: number;
  readonly forMs: number;
  /** From the end of that, or from the new server's start, until the kill, in ms. */
  readonly killAfterMs: number;
  /** How often engines are killed. */
  readonly times: number;
}

const lengths: Partial<Record<Disturbance, readonly [number, number]>> = {
  enginePaused: [11_000, 13_000],
  engineMute: [10_000, 13_000],
  serverKilledBehind: [5_000, 8_000],
};

/** Everything that the program decides beforehand; the same seed gives the same plan. */
export function planRounds(
  random: Random,
  rounds: number,
  kinds: readonly Disturbance[] = disturbances,
): RoundPlan[] {
  const deck: Disturbance[] = [];
  while (deck.length < rounds) deck.push(...shuffle(random, kinds));
  return deck.slice(0, rounds).map((kind) => ({
    kind,
    afterMs: random.int(4_000, 6_500),
    forMs: random.int(...(lengths[kind] ?? ([2_000, 4_000] as const))),
    killAfterMs: random.int(0, 1_500),
    times: random.int(1, 3),
  }));
}
