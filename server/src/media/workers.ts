import { setTimeout as delay } from 'node:timers/promises';
import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import { routerCodecs } from './codecs.ts';
import { createMediaCounter } from './counts.ts';
import type { MediaCounts } from './counts.ts';
import { place } from './placement.ts';
import type { LoadKind, WorkerLoad } from './placement.ts';
import { hungAfterMs, watchWorker } from './worker-watch.ts';

export interface MediaConfig {
  /** Path of mediasoup's worker; its package's own when absent. */
  readonly workerBin?: string;
  /** Number of worker processes, at least 1. */
  readonly workers: number;
  readonly listenAddress: string;
  /** What browsers are told to connect to, where it is not the listen address. */
  readonly announcedAddress?: string;
  /** Worker n listens on UDP and TCP port `portMin + n`; 0 takes any free ports. */
  readonly portMin: number;
  /** How long a worker may not answer before it is killed, in ms; 2 s when absent. */
  readonly hungAfterMs?: number;
}

/** A running worker with its one WebRtcServer. */
export interface MediaWorker {
  readonly index: number;
  readonly pid: number;
  readonly worker: types.Worker;
  readonly webRtcServer: types.WebRtcServer;
  /** What is placed on it now. */
  readonly load: WorkerLoad;
}

/** A place that was taken on a worker. */
export interface Placement {
  readonly worker: MediaWorker;
  /** Gives it back. Idempotent. */
  release(): void;
}

export interface WorkerPool {
  /** What a router of any worker can take and give. */
  readonly rtpCapabilities: types.RtpCapabilities;
  /** Takes a place on the least loaded worker. Waits while the only worker is being replaced. */
  place(kind: LoadKind): Promise<Placement>;
  workers(): readonly MediaWorker[];
  counts(): MediaCounts;
  /** Ends all workers; everything on them closes with them. Idempotent. */
  close(): Promise<void>;
}

/**
 * All halls of a worker send to one UDP port: some 10,000 packets/s, of which the usual 208 KiB hold
 * a few ms. Linux gives no more than `net.core.rmem_max`, and says nothing.
 */
const udpBufferBytes = 4 << 20;

/** Pause before the next try at a worker that does not start, in ms. */
function restartDelayMs(attempt: number): number {
  return Math.min(100 * 2 ** attempt, 10_000);
}

/**
 * Starts `config.workers` workers, each with one WebRtcServer (one UDP and one TCP port).
 * A worker that dies is replaced on the same port; `onDied` is called at once, before that. One that
 * hangs is killed: what it was asked fails, and what was open on it is closed for sure.
 * Rejects when a worker cannot be started or its port is taken.
 */
export async function createWorkerPool(
  config: MediaConfig,
  hooks: { onDied(worker: MediaWorker): void; onFailure(error: unknown): void },
): Promise<WorkerPool> {
  const counter = createMediaCounter();
  const slots: (MediaWorker | undefined)[] = Array.from({ length: config.workers });
  const replacements = new Set<Promise<void>>();
  const closing = new AbortController();
  const { signal } = closing;
  const patienceMs = config.hungAfterMs ?? hungAfterMs;

  async function start(index: number): Promise<void> {
    const worker = await mediasoup.createWorker({
      logLevel: 'warn',
      ...(config.workerBin ? { workerBin: config.workerBin } : {}),
    });
    counter.watch(worker);
    watchWorker(worker, patienceMs, () => {
      hooks.onFailure(new Error(`media worker ${worker.pid} does not answer and is killed`));
      process.kill(worker.pid, 'SIGKILL');
    });
    const listen = {
      ip: config.listenAddress,
      ...(config.portMin > 0 ? { port: config.portMin + index } : {}),
      ...(config.announcedAddress ? { announcedAddress: config.announcedAddress } : {}),
    };
    try {
      const webRtcServer = await worker.createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ...listen, recvBufferSize: udpBufferBytes },
          { protocol: 'tcp', ...listen },
        ],
      });
      signal.throwIfAborted();
      const entry: MediaWorker = {
        index,
        pid: worker.pid,
        worker,
        webRtcServer,
        load: { receivers: 0, publishers: 0 },
      };
      slots[index] = entry;
      worker.once('died', (error) => {
        slots[index] = undefined;
        if (signal.aborted) return;
        hooks.onFailure(error);
        const replacement = replace(index).finally(() => replacements.delete(replacement));
        replacements.add(replacement);
        hooks.onDied(entry);
      });
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  /** Starts worker `index` again, as often as it takes; ends with the pool. */
  async function replace(index: number): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        return await start(index);
      } catch (error) {
        if (signal.aborted) return;
        hooks.onFailure(error);
        await delay(restartDelayMs(attempt), undefined, { signal }).catch(() => {});
      }
    }
  }

  function running(): MediaWorker[] {
    return slots.filter((slot) => slot !== undefined);
  }

  async function close(): Promise<void> {
    closing.abort(new Error('the worker pool is closed'));
    const ended = running().map(
      ({ worker }) =>
        new Promise<void>((resolve) => {
          if (worker.subprocessClosed) return resolve();
          const killing = setTimeout(() => process.kill(worker.pid, 'SIGKILL'), patienceMs);
          worker.once('subprocessclose', () => {
            clearTimeout(killing);
            resolve();
          });
          worker.close();
        }),
    );
    slots.fill(undefined);
    await Promise.all([...ended, ...replacements]);
  }

  let rtpCapabilities: types.RtpCapabilities;
  try {
    await Promise.all(slots.map((_, index) => start(index)));
    const router = await running()[0]!.worker.createRouter({ mediaCodecs: routerCodecs });
    rtpCapabilities = router.rtpCapabilities;
    router.close();
  } catch (error) {
    await close();
    throw error;
  }

  return {
    rtpCapabilities,
    async place(kind) {
      if (running().length === 0 && replacements.size > 0) await Promise.race(replacements);
      signal.throwIfAborted();
      const worker = place(running());
      if (!worker) throw new Error('no media worker is running');
      worker.load[kind] += 1;
      let taken = true;
      return {
        worker,
        release() {
          if (taken) worker.load[kind] -= 1;
          taken = false;
        },
      };
    },
    workers: running,
    counts: counter.counts,
    close,
  };
}
