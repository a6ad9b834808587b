import type { Seen } from './receivers-process.ts';

/** Who hands the floor from one of two speakers to the other, in turns. */
export interface Contender {
  /** Round `round`'s speaker is made ready while the other is on air. */
  prepare(round: number): Promise<void>;
  /** Hands the floor over; `calledAt` on the clock that all processes share. */
  call(round: number, withinMs: number): Promise<{ calledAt: number; seen: Seen }>;
  /** Nothing flows any more, so that the other contender has the machine. */
  rest(): Promise<void>;
}
