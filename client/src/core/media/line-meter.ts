import type { types } from 'mediasoup-client';
import type { Rung } from '@nhip-cau/shared/protocol/media';
import { Ladder } from './ladder.ts';
import { readLine, readPath, sampleLine } from './line-stats.ts';
import type { LineCounts, Stat } from './line-stats.ts';
import type { TransportWatch } from './transport-watch.ts';

const readEveryMs = 1_000;
/** Readings of the line that make one sample for the ladder. */
const readingsASample = 2;

interface Metered {
  readonly transport: types.Transport;
  readonly watch: TransportWatch;
  /** Whether packets are to be expected now. */
  readonly flows: () => boolean;
}

/** Reads the browser's counters every second, for the watches on the paths and for the ladder. */
export class LineMeter {
  readonly #onRung: (rung: Rung) => void;
  readonly #metered = new Set<Metered>();
  #ladder = new Ladder();
  #before: LineCounts | undefined;
  #readings = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(onRung: (rung: Rung) => void) {
    this.#onRung = onRung;
  }

  get rung(): Rung {
    return this.#ladder.rung;
  }

  add(metered: Metered): void {
    this.#metered.add(metered);
    this.#timer ??= setInterval(() => void this.#read(), readEveryMs);
  }

  /** Forgets the transports, which are closed; the rung stays. Idempotent. */
  clear(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#metered.clear();
    this.#before = undefined;
  }

  async #read(): Promise<void> {
    for (const metered of [...this.#metered]) {
      const { flows, transport, watch } = metered;
      if (transport.closed) continue;
      const stats = [...(await transport.getStats()).values()] as Stat[];
      if (!this.#metered.has(metered)) return;
      const at = performance.now();
      watch.handleReading({ at, flows: flows(), ...readPath(stats) });
      if (transport.direction === 'recv') this.#sample(readLine(stats, at));
    }
  }

  #sample(now: LineCounts): void {
    this.#readings += 1;
    if (this.#before && this.#readings < readingsASample) return;
    this.#readings = 0;
    const { rung } = this.#ladder;
    if (this.#before) this.#ladder.handleSample(sampleLine(this.#before, now));
    this.#before = now;
    if (this.#ladder.rung !== rung) this.#onRung(this.#ladder.rung);
  }
}
