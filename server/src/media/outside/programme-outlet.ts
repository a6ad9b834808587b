import type { MixedOutput, MixedTaker, ProgrammeSource } from '../../dialogue/recording/ports.ts';
import type { MediaWorker } from '../workers.ts';
import { OutsideError } from './ice-sessions.ts';
import type { PayloadTypes } from './play-offer.ts';
import { ProgrammeSite } from './programme-site.ts';

/** Browsers and boxes know a few ways to number codecs; more than that is nobody's player. */
const mostPayloadTypes = 16;

/** `release`, which is idempotent, lets go of it. */
export interface HeldSite {
  readonly site: ProgrammeSite;
  readonly release: () => void;
}

interface Held {
  readonly site: Promise<ProgrammeSite>;
  players: number;
}

/** One dialogue's programme on the workers of this node, for as long as somebody plays it. */
export class ProgrammeOutlet implements MixedOutput {
  readonly #taker: Promise<MixedTaker>;
  readonly #held = new Map<string, Held>();
  readonly #sites = new Set<ProgrammeSite>();
  /** Players, those that are about to be let in too. */
  players = 0;
  /** The dialogue is: nobody is let in any more. */
  isOver = false;

  constructor(dialogueId: string, source: ProgrammeSource) {
    this.#taker = source.take(dialogueId, this);
    // Each player that waits for it hears of its failure.
    this.#taker.catch(() => {});
  }

  picture(packet: Buffer): void {
    for (const site of this.#sites) site.send('video', packet);
  }

  sound(packet: Buffer): void {
    for (const site of this.#sites) site.send('audio', packet);
  }

  /** Resolves when there is a programme. Throws `OutsideError` (`unavailable`). */
  async ready(): Promise<void> {
    try {
      await this.#taker;
    } catch (cause) {
      throw new OutsideError('unavailable', 'the programme cannot be made', { cause });
    }
  }

  /** A site on this worker. Throws `OutsideError` (`crowded`). */
  async hold(worker: MediaWorker, types: PayloadTypes): Promise<HeldSite> {
    const numbering = `${types.audio ?? '-'} ${types.video ?? '-'}`;
    const key = `${worker.pid} ${numbering}`;
    if (!this.#held.has(key)) {
      const numberings = new Set([...this.#held.keys()].map((one) => one.replace(/^\d+ /, '')));
      if (!numberings.has(numbering) && numberings.size >= mostPayloadTypes) {
        throw new OutsideError('crowded', 'too many ways to number codecs');
      }
    }
    const held = this.#held.get(key) ?? { site: this.#open(worker, types), players: 0 };
    this.#held.set(key, held);
    held.players += 1;
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      held.players -= 1;
      if (held.players > 0) return;
      if (this.#held.get(key) === held) this.#held.delete(key);
      void held.site.then(
        (site) => {
          this.#sites.delete(site);
          site.close();
        },
        () => {},
      );
    };
    try {
      return { site: await held.site, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Takes the programme no more; the sites close with their players. Idempotent. */
  close(): void {
    void this.#taker.then(
      (taker) => taker.close(),
      () => {},
    );
  }

  async #open(worker: MediaWorker, types: PayloadTypes): Promise<ProgrammeSite> {
    const site = await ProgrammeSite.open(worker, types, () => this.#askKeyFrame());
    this.#sites.add(site);
    return site;
  }

  #askKeyFrame(): void {
    void this.#taker.then(
      (taker) => taker.requestKeyFrame(),
      () => {},
    );
  }
}
