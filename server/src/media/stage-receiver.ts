import { kindOf } from '@nhip-cau/shared/protocol/media';
import type { RtpCapabilities } from '@nhip-cau/shared/protocol/media-rtp';
import type { types } from 'mediasoup';
import { allocate } from './allocate.ts';
import type { Allotment, Receiver, StageView } from './allocate.ts';
import type { Member } from './member.ts';

/** What a receiver needs to see of its room, read anew at every pass. */
export interface ReceivedStage {
  view(): StageView;
  /** What the allotment is of, unless this member sends it itself. */
  producer(allotment: Allotment): types.Producer | undefined;
}

interface Stream {
  readonly consumer: types.Consumer;
  /** Whether the client's end stands, so that packets are of use. */
  answered: boolean;
  flowing: boolean;
  spatialLayer: number | undefined;
}

/**
 * Keeps one member's consumers as `allocate` says. Each receiver runs its own passes, one at a
 * time and again when something changed meanwhile: a slow or failing one holds nobody up.
 */
export class StageReceiver {
  #rtpCapabilities: RtpCapabilities;
  #wants: Receiver;
  readonly #member: Member;
  readonly #stage: ReceivedStage;
  readonly #onFailure: (error: unknown) => void;
  readonly #streams = new Map<string, Stream>();
  /** Producers that this receiver cannot decode: not tried again. */
  readonly #refused = new Set<string>();
  #dirty = false;
  #running: Promise<void> | undefined;

  constructor(
    member: Member,
    stage: ReceivedStage,
    rtpCapabilities: RtpCapabilities,
    wants: Receiver,
    onFailure: (error: unknown) => void,
  ) {
    this.#member = member;
    this.#stage = stage;
    this.#rtpCapabilities = rtpCapabilities;
    this.#wants = wants;
    this.#onFailure = onFailure;
  }

  get watches(): readonly string[] {
    return this.#wants.watches;
  }

  /** Declares anew what is wanted and can be decoded; `sync` makes it so. */
  change(rtpCapabilities: RtpCapabilities, wants: Receiver): void {
    this.#rtpCapabilities = rtpCapabilities;
    this.#wants = wants;
    this.#refused.clear();
  }

  /** Resolves when no pass is under way. Never rejects. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Resolves when the consumers are what the stage now says. Never rejects. */
  sync(): Promise<void> {
    this.#dirty = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  /** The client's end of this consumer stands; one that is gone meanwhile is no error. */
  async answer(consumerId: string): Promise<void> {
    for (const stream of this.#streams.values()) {
      if (stream.consumer.id === consumerId) stream.answered = true;
    }
    await this.sync();
  }

  async #run(): Promise<void> {
    try {
      while (this.#dirty && !this.#member.closed) {
        this.#dirty = false;
        await this.#pass();
      }
    } catch (error) {
      if (!this.#member.closed) this.#onFailure(error);
    } finally {
      this.#running = undefined;
    }
  }

  async #pass(): Promise<void> {
    const transport = this.#member.receiveTransport?.transport;
    if (!transport || transport.closed) return;
    const wanted = new Map<string, Allotment & { producer: types.Producer }>();
    for (const allotment of allocate(this.#stage.view(), this.#wants)) {
      const producer = this.#stage.producer(allotment);
      if (producer && !this.#refused.has(producer.id)) {
        wanted.set(`${allotment.source} ${allotment.bridgePointId}`, { ...allotment, producer });
      }
    }

    this.#closeOthers(wanted);
    await this.#adjust(wanted);
    await Promise.all(
      [...wanted]
        .filter(([key]) => !this.#streams.has(key))
        .map(([key, allotment]) => this.#offer(transport, key, allotment)),
    );
  }

  #closeOthers(wanted: ReadonlyMap<string, { producer: types.Producer }>): void {
    const consumerIds: string[] = [];
    for (const [key, { consumer }] of this.#streams) {
      if (!consumer.closed && wanted.get(key)?.producer.id === consumer.producerId) continue;
      consumer.close();
      this.#streams.delete(key);
      consumerIds.push(consumer.id);
    }
    if (consumerIds.length > 0) this.#member.notify('media:consumerClosed', { consumerIds });
  }

  async #adjust(wanted: ReadonlyMap<string, Allotment>): Promise<void> {
    const changed: { consumerId: string; paused: boolean }[] = [];
    const requests: Promise<void>[] = [];
    for (const [key, stream] of this.#streams) {
      const { paused, preferredLayers } = wanted.get(key)!;
      const { consumer } = stream;
      const ask = (request: Promise<void>) =>
        requests.push(request.catch((error: unknown) => this.#failed(consumer, error)));
      if (preferredLayers && preferredLayers.spatialLayer !== stream.spatialLayer) {
        stream.spatialLayer = preferredLayers.spatialLayer;
        ask(consumer.setPreferredLayers(preferredLayers));
      }
      const flowing = stream.answered && !paused;
      if (flowing === stream.flowing) continue;
      stream.flowing = flowing;
      // The worker asks for a key frame as it resumes a video consumer.
      ask(flowing ? consumer.resume() : consumer.pause());
      changed.push({ consumerId: consumer.id, paused: !flowing });
    }
    await Promise.all(requests);
    if (changed.length > 0) this.#member.notify('media:consumerState', { consumers: changed });
  }

  #failed(consumer: types.Consumer, error: unknown): void {
    if (!consumer.closed && !this.#member.closed) this.#onFailure(error);
  }

  async #offer(
    transport: types.Transport,
    key: string,
    { bridgePointId, source, preferredLayers, producer }: Allotment & { producer: types.Producer },
  ): Promise<void> {
    let consumer: types.Consumer;
    try {
      consumer = await transport.consume({
        producerId: producer.id,
        rtpCapabilities: this.#rtpCapabilities,
        paused: true,
        ...(preferredLayers ? { preferredLayers: { ...preferredLayers } } : {}),
      });
    } catch (error) {
      if (this.#member.closed || producer.closed) return;
      this.#refused.add(producer.id);
      this.#onFailure(error);
      return;
    }
    this.#streams.set(key, {
      consumer,
      answered: false,
      flowing: false,
      spatialLayer: preferredLayers?.spatialLayer,
    });
    consumer.once('producerclose', () => void this.sync());
    const { id: consumerId, producerId, rtpParameters } = consumer;
    this.#member.notify('media:consumer', {
      consumerId,
      producerId,
      bridgePointId,
      source,
      kind: kindOf[source],
      rtpParameters,
    });
  }
}
