import { join } from 'node:path';
import { type HelperProcess, startHelper } from '../../bench/support/helper-process.ts';
import { type ProcessUsage, usageOf } from '../process-usage.ts';
import type { BridgePointFigures } from './bridge-point.ts';
import type { SessionOptions } from './media-session.ts';
import type { Impairment } from './udp-relay.ts';

export interface FleetHall {
  readonly bridgePointId: string;
  readonly principal: string;
  /** The whole `Cookie` header. */
  readonly cookie: string;
  /** Address of this machine that its packets and its socket come from; left out: any. */
  readonly localAddress?: string;
}

export interface FleetOptions extends Pick<SessionOptions, 'publishes' | 'receives'> {
  /** `http://HOST:PORT`. */
  readonly url: string;
  readonly dialogueId: string;
  readonly halls: readonly FleetHall[];
  /** What each layer of a camera comes to, smallest first. */
  readonly layersKbps: readonly number[];
  /** Frames of 20 ms in each packet of a microphone. Default 1. */
  readonly soundFrames?: number;
  /** Over how long they come in, one after another, in ms. */
  readonly withinMs: number;
  /** Gives each hall a line of its own, which `impair` can spoil; what it loses hangs on the seed. */
  readonly lineSeed?: string;
}

export type FleetOrder =
  | { order: 'open'; options: FleetOptions }
  | { order: 'figures' }
  | { order: 'impair'; impairment: Impairment; bridgePointIds: readonly string[] | null }
  | { order: 'forget' }
  | { order: 'close' };

const program = join(import.meta.dirname, 'fleet-process.ts');

/** Synthetic bridge points in processes of their own, dealt out among them. */
export class Fleet {
  readonly #processes: readonly HelperProcess[];
  #closed = false;

  constructor(processes: number) {
    this.#processes = Array.from({ length: processes }, () => startHelper(program));
  }

  /** Lets them come in; does not wait for them. May be called again for more of them. */
  async open(options: FleetOptions): Promise<void> {
    const count = this.#processes.length;
    await this.#askAll((index) => ({
      order: 'open',
      options: { ...options, halls: options.halls.filter((_, hall) => hall % count === index) },
    }));
  }

  async figures(): Promise<BridgePointFigures[]> {
    return (await this.#askAll<BridgePointFigures[]>(() => ({ order: 'figures' }))).flat();
  }

  /** Does this to the lines of these halls, or of all; they must have come in with a `lineSeed`. */
  async impair(
    impairment: Impairment,
    bridgePointIds: readonly string[] | null = null,
  ): Promise<void> {
    await this.#askAll(() => ({ order: 'impair', impairment, bridgePointIds }));
  }

  /** Forgets when pictures and sound came. */
  async forget(): Promise<void> {
    await this.#askAll(() => ({ order: 'forget' }));
  }

  /** Of all its processes together. */
  usage(): ProcessUsage {
    const all = this.#processes.map(({ child }) => usageOf(child.pid!));
    return {
      userSeconds: all.reduce((sum, { userSeconds }) => sum + userSeconds, 0),
      systemSeconds: all.reduce((sum, { systemSeconds }) => sum + systemSeconds, 0),
      rssBytes: all.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
    };
  }

  /** Lets all leave, then ends the processes. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#askAll(() => ({ order: 'close' }));
    } finally {
      for (const process of this.#processes) process.close();
    }
  }

  #askAll<Answer>(order: (index: number) => FleetOrder): Promise<Answer[]> {
    return Promise.all(this.#processes.map((process, index) => process.ask<Answer>(order(index))));
  }
}

/** Why bridge points had to come in again, or could not, and how often. */
export function troublesOf(all: readonly BridgePointFigures[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const trouble of all.flatMap(({ troubles }) => troubles)) {
    times.set(trouble, (times.get(trouble) ?? 0) + 1);
  }
  return times;
}
