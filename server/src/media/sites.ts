import type { types } from 'mediasoup';
import { routerCodecs } from './codecs.ts';
import { watchLevels } from './levels.ts';
import type { SpeechLevel } from './levels.ts';
import { Pacer } from './pacer.ts';
import type { MediaWorker } from './workers.ts';

/** A dialogue's router on one worker. */
export interface Site {
  readonly worker: MediaWorker;
  readonly router: types.Router;
  readonly levels: types.AudioLevelObserver;
  /** Paces what is made anew here: a worker that hangs holds up nobody on another one. */
  readonly offers: Pacer;
}

/** How long receivers are served in a row before the process does something else, in ms. */
export const sliceMs = 6;
/** Most consumers that are being made at once on one worker. */
const offersAtOnce = 32;

/** A producer that is carried to another worker, for as long as somebody there receives it. */
interface Pipe {
  holders: number;
  readonly carried: Promise<types.Producer>;
}

/**
 * A dialogue's routers, one on each worker where somebody stands, and the pipes between them. A
 * producer is carried to another worker once, whoever receives it there, and under its own id.
 */
export class Sites {
  readonly #onLevels: (levels: SpeechLevel[]) => void;
  readonly #opening = new Map<MediaWorker, Promise<Site>>();
  readonly #opened = new Map<MediaWorker, Site>();
  readonly #origins = new WeakMap<types.Producer, Site>();
  readonly #pipes = new Map<string, Pipe>();
  readonly #heard = new Map<Site, SpeechLevel[]>();
  #closed = false;

  constructor(onLevels: (levels: SpeechLevel[]) => void) {
    this.#onLevels = onLevels;
  }

  /** The site on this worker, opened at first need. Rejects when the worker is gone. */
  open(worker: MediaWorker): Promise<Site> {
    const known = this.#opening.get(worker);
    if (known) return known;
    const opening = this.#open(worker);
    this.#opening.set(worker, opening);
    opening.catch(() => this.#opening.delete(worker));
    return opening;
  }

  /** Says where a producer came in. */
  setOrigin(producer: types.Producer, site: Site): void {
    this.#origins.set(producer, site);
  }

  originOf(producer: types.Producer): Site | undefined {
    return this.#origins.get(producer);
  }

  /**
   * Makes the producer receivable at `to`, under its own id; gives what lets go of it. The last one
   * who lets go closes the pipe.
   */
  async hold(producer: types.Producer, to: Site): Promise<() => void> {
    const from = this.#origins.get(producer);
    if (!from || from === to) return () => {};
    const key = `${producer.id} ${to.router.id}`;
    const pipe = this.#pipes.get(key) ?? this.#carry(key, producer, from, to);
    pipe.holders += 1;
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      pipe.holders -= 1;
      void pipe.carried.then(
        (carried) => {
          if (pipe.holders === 0) carried.close();
        },
        () => {},
      );
    };
    try {
      await pipe.carried;
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  /** The worker died, and its site with it. */
  drop(worker: MediaWorker): void {
    const site = this.#opened.get(worker);
    if (site) this.#heard.delete(site);
    this.#opened.delete(worker);
    this.#opening.delete(worker);
  }

  /** Closes all routers, and everything on them. Idempotent. */
  close(): void {
    this.#closed = true;
    for (const { router } of this.#opened.values()) router.close();
    this.#opened.clear();
    this.#opening.clear();
    this.#pipes.clear();
    this.#heard.clear();
  }

  async #open(worker: MediaWorker): Promise<Site> {
    const router = await worker.worker.createRouter({ mediaCodecs: routerCodecs });
    try {
      const levels = await watchLevels(router, (heard) => this.#hear(site, heard));
      const offers = new Pacer({ sliceMs, concurrency: offersAtOnce });
      const site: Site = { worker, router, levels, offers };
      if (this.#closed || router.closed) throw new Error('the room or its worker is closed');
      this.#opened.set(worker, site);
      return site;
    } catch (error) {
      router.close();
      throw error;
    }
  }

  #carry(key: string, producer: types.Producer, from: Site, to: Site): Pipe {
    const carry = async () => {
      const { pipeConsumer, pipeProducer } = await from.router.pipeToRouter({
        producerId: producer.id,
        router: to.router,
        enableSctp: false,
        // One packet lost here would be lost to all receivers there.
        enableRtx: true,
      });
      if (!pipeConsumer || !pipeProducer) throw new Error('the producer was not piped');
      // mediasoup has this end follow the gate by way of this process: a busy one opens it after the
      // key frame has come that the gate's opening asks for. What the gate keeps back comes to no end.
      pipeConsumer.observer.removeAllListeners('pause').removeAllListeners('resume');
      if (pipeProducer.paused) await pipeProducer.resume();
      pipeProducer.observer.once('close', forget);
      if (this.#closed || pipeProducer.closed) throw new Error('the pipe is closed');
      return pipeProducer;
    };
    const pipe: Pipe = { holders: 0, carried: carry() };
    const forget = () => {
      if (this.#pipes.get(key) === pipe) this.#pipes.delete(key);
    };
    this.#pipes.set(key, pipe);
    pipe.carried.catch(forget);
    return pipe;
  }

  /** Each site hears its own publishers; what is told is all of them. */
  #hear(site: Site, heard: SpeechLevel[]): void {
    if (this.#closed) return;
    this.#heard.set(site, heard);
    this.#onLevels([...this.#heard.values()].flat());
  }
}
