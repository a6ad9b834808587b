import { shuffle } from '../support/chance.ts';
import type { Random } from '../../simulator/random.ts';
import { clearLine, type Impairment } from '../../load/media/udp-relay.ts';

/** What is done while a hall is on air. */
export const disturbances = [
  /** Nothing: the hall is called and heard. */
  'none',
  /** The media workers are killed. */
  'worker',
  /** The server is killed, and started again. */
  'server',
  /** Half of the halls' lines carry no media for a while. */
  'cut',
  /** All lines spoil what they carry, and a hall is called meanwhile. */
  'loss5',
  'loss20',
  'delay300',
  'slow',
  /** The workers are killed while all lines lose 5 %. */
  'workerAtLoss5',
] as const;
export type Disturbance = (typeof disturbances)[number];

/** What all lines do meanwhile; a disturbance that is not named leaves them clear. */
export const impairments: Partial<Record<Disturbance, Impairment>> = {
  loss5: { ...clearLine, loss: 0.05 },
  loss20: { ...clearLine, loss: 0.2 },
  delay300: { ...clearLine, delayMs: 300, jitterMs: 20 },
  slow: { ...clearLine, loss: 0.05, delayMs: 30, kbps: 2_000 },
  workerAtLoss5: { ...clearLine, loss: 0.05 },
};

export interface RoundPlan {
  readonly kind: Disturbance;
  /** The hall that is called, by its place among the halls. */
  readonly hall: number;
  /** The halls whose lines are cut. */
  readonly cutHalls: readonly number[];
  readonly cutMs: number;
}

/** Everything that the program decides beforehand; the same seed gives the same plan. */
export function planRounds(random: Random, rounds: number, halls: number): RoundPlan[] {
  const kinds: Disturbance[] = [];
  const deck = disturbances.filter((kind) => kind !== 'none');
  while (kinds.length < rounds) kinds.push(...shuffle(random, deck));
  const all = Array.from({ length: halls }, (_, hall) => hall);
  return kinds.slice(0, rounds).map((kind) => {
    const [hall, ...others] = shuffle(random, all) as [number, ...number[]];
    return {
      kind,
      hall,
      cutHalls: others.slice(0, Math.ceil(halls / 2)),
      cutMs: random.int(1_000, 8_000),
    };
  });
}
