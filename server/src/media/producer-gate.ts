import type { types } from 'mediasoup';

/**
 * The tap on one producer, which must have been created paused. The newest `set` wins: requests
 * reach the worker in the order in which they are made here, so it is what was asked last that
 * counts and not mediasoup's `paused`, which lags behind a request under way.
 */
export class ProducerGate {
  readonly producer: types.Producer;
  #open = false;
  #settled: Promise<void> = Promise.resolve();

  constructor(producer: types.Producer) {
    this.producer = producer;
  }

  /** What was asked last. */
  get open(): boolean {
    return this.#open;
  }

  /** Resolves when the worker has done it. A gate that cannot be set closes its producer. */
  set(open: boolean): Promise<void> {
    if (open === this.#open || this.producer.closed) return this.#settled;
    this.#open = open;
    this.#settled = this.#apply(open);
    return this.#settled;
  }

  async #apply(open: boolean): Promise<void> {
    try {
      await (open ? this.producer.resume() : this.producer.pause());
    } catch (error) {
      if (this.producer.closed) return;
      this.producer.close();
      throw error;
    }
  }
}
