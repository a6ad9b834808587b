import { kindOf } from '@nhip-cau/shared/protocol/media';
import type { RtpCapabilities } from '@nhip-cau/shared/protocol/media-rtp';
import type { types } from 'mediasoup';
import { allocate } from './allocate.ts';
import type { Allotment, Receiver, StageView } from './allocate.ts';
import type { Member } from './member.ts';
import type { Pacer } from './pacer.ts';
import type { Site } from './sites.ts';
import type { Still, StillClock } from './stills.ts';

/** What a receiver needs of its room, read anew at every pass. */
export interface ReceivedStage {
  view(): StageView;
  /** What the allotment is of, unless this member sends it itself. */
  producer(allotment: Allotment): types.Producer | undefined;
  /** Makes the producer receivable at a site; gives what lets go of it. */
  hold(producer: types.Producer, to: Site): Promise<() => void>;
  /** Paces the passes of all receivers, which are short and ask for much. */
  readonly passes: Pacer;
  readonly stills: StillClock;
  onFailure(error: unknown): void;
}

/** After how long a pipe that could not be laid is tried again, in ms. */
const retryMs = 1_000;

type Wanted = Allotment & { readonly producer: types.Producer };
type Flow = 'paused' | 'flowing' | 'still';

interface Stream extends Still {
  readonly consumer: types.Consumer;
  readonly release: () => void;
  /** Whether the client's end stands, so that packets are of use. */
  answered: boolean;
  flow: Flow;
  layers: string;
}

/**
 * Keeps one member's consumers as `allocate` says. A pass asks the worker for all that has changed
 * and tells the member in one message; it waits for nothing, so that a slow or failing receiver
 * holds nobody up. What is made anew is made beside the passes.
 */
export class StageReceiver {
  #rtpCapabilities: RtpCapabilities;
  #wants: Receiver;
  readonly #member: Member;
  readonly #stage: ReceivedStage;
  readonly #streams = new Map<string, Stream>();
  /** What is being made, by key: the producer's id. */
  readonly #offering = new Map<string, string>();
  /** Producers that this receiver cannot decode: not tried again. */
  readonly #refused = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();
  #pass: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(
    member: Member,
    stage: ReceivedStage,
    rtpCapabilities: RtpCapabilities,
    wants: Receiver,
  ) {
    this.#member = member;
    this.#stage = stage;
    this.#rtpCapabilities = rtpCapabilities;
    this.#wants = wants;
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

  /** Resolves when all that was asked for is done. Never rejects. */
  async settled(): Promise<void> {
    while (this.#pass || this.#underWay.size > 0) {
      await Promise.all([this.#pass, ...this.#underWay]);
    }
  }

  /** Resolves when the worker has been asked for what the stage now says. Never rejects. */
  sync(): Promise<void> {
    this.#pass ??= this.#stage.passes.run(() => {
      this.#pass = undefined;
      this.#run();
    });
    return this.#pass;
  }

  /** The client's end of this consumer stands; one that is gone meanwhile is no error. */
  async answer(consumerId: string): Promise<void> {
    for (const stream of this.#streams.values()) {
      if (stream.consumer.id === consumerId) stream.answered = true;
    }
    await this.sync();
  }

  /** Lets go of everything; its consumers close with their transport. Idempotent. */
  close(): void {
    clearTimeout(this.#retry);
    for (const stream of this.#streams.values()) {
      this.#stage.stills.delete(stream);
      stream.release();
    }
    this.#streams.clear();
  }

  #run(): void {
    const placed = this.#member.receiveTransport;
    if (this.#member.closed || !placed || placed.transport.closed) return;
    try {
      const wanted = this.#wanted();
      const closed = this.#closeOthers(wanted);
      const changed = this.#adjust(wanted);
      if (changed.length > 0) {
        const gone = closed.length > 0 ? { closed } : {};
        this.#member.notify('media:consumerState', { consumers: changed, ...gone });
      } else if (closed.length > 0) {
        this.#member.notify('media:consumerClosed', { consumerIds: closed });
      }
      for (const [key, allotment] of wanted) {
        if (this.#streams.has(key) || this.#offering.has(key)) continue;
        this.#offering.set(key, allotment.producer.id);
        this.#follow(
          this.#offer(placed.transport, placed.site, key, allotment)
            .finally(() => this.#offering.delete(key))
            // Meanwhile the stage may have moved on.
            .then(() => (this.#retry ? undefined : this.sync())),
        );
      }
    } catch (error) {
      this.#failed(error);
    }
  }

  #wanted(): Map<string, Wanted> {
    const wanted = new Map<string, Wanted>();
    for (const allotment of allocate(this.#stage.view(), this.#wants)) {
      const producer = this.#stage.producer(allotment);
      if (producer && !this.#refused.has(producer.id)) {
        wanted.set(`${allotment.source} ${allotment.bridgePointId}`, { ...allotment, producer });
      }
    }
    return wanted;
  }

  #closeOthers(wanted: ReadonlyMap<string, Wanted>): string[] {
    const closed: string[] = [];
    for (const [key, stream] of this.#streams) {
      const { consumer } = stream;
      if (!consumer.closed && wanted.get(key)?.producer.id === consumer.producerId) continue;
      this.#streams.delete(key);
      this.#drop(stream);
      closed.push(consumer.id);
    }
    return closed;
  }

  #adjust(wanted: ReadonlyMap<string, Wanted>): { consumerId: string; paused: boolean }[] {
    const changed: { consumerId: string; paused: boolean }[] = [];
    for (const [key, stream] of this.#streams) {
      const { every, paused, preferredLayers } = wanted.get(key)!;
      const { consumer } = stream;
      const layers = JSON.stringify(preferredLayers);
      if (preferredLayers && layers !== stream.layers) {
        stream.layers = layers;
        this.#ask(consumer, consumer.setPreferredLayers(preferredLayers));
      }
      const flow: Flow = !stream.answered || paused ? 'paused' : every ? 'still' : 'flowing';
      if (flow === stream.flow) continue;
      if ((flow === 'paused') !== (stream.flow === 'paused')) {
        changed.push({ consumerId: consumer.id, paused: flow === 'paused' });
      }
      stream.flow = flow;
      if (flow === 'still') {
        this.#stage.stills.add(stream);
      } else {
        this.#stage.stills.delete(stream);
        stream.setFlow(flow === 'flowing');
      }
    }
    return changed;
  }

  async #offer(transport: types.Transport, site: Site, key: string, wanted: Wanted): Promise<void> {
    const { producer } = wanted;
    let release: () => void;
    try {
      // Not paced: it is done once for all receivers here, and may wait for another worker.
      release = await this.#stage.hold(producer, site);
    } catch (error) {
      if (producer.closed || site.router.closed) return;
      this.#failed(error);
      this.#tryAgain();
      return;
    }
    try {
      await site.offers.run(() => this.#consume(transport, key, wanted, release));
    } catch (error) {
      release();
      if (this.#member.closed || producer.closed || site.router.closed) return;
      this.#refused.add(producer.id);
      this.#failed(error);
    }
  }

  /** Makes the consumer, with what it holds, unless it is wanted no more. */
  async #consume(
    transport: types.Transport,
    key: string,
    { bridgePointId, preferredLayers, producer, source }: Wanted,
    release: () => void,
  ): Promise<void> {
    if (this.#member.closed || this.#wanted().get(key)?.producer.id !== producer.id) {
      return release();
    }
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: this.#rtpCapabilities,
      paused: true,
      ...(preferredLayers ? { preferredLayers: { ...preferredLayers } } : {}),
    });
    const stream: Stream = {
      consumer,
      release,
      answered: false,
      flow: 'paused',
      layers: JSON.stringify(preferredLayers),
      // The worker asks for a key frame as it resumes a video consumer.
      setFlow: (flows) => this.#ask(consumer, flows ? consumer.resume() : consumer.pause()),
    };
    if (this.#member.closed) return this.#drop(stream);
    this.#streams.set(key, stream);
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

  /** A pipe between workers could not be laid: that is nothing which this receiver cannot do. */
  #tryAgain(): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      void this.sync();
    }, retryMs);
  }

  #drop(stream: Stream): void {
    this.#stage.stills.delete(stream);
    stream.consumer.close();
    stream.release();
  }

  #ask(consumer: types.Consumer, request: Promise<void>): void {
    this.#follow(
      request.catch((error: unknown) => {
        if (!consumer.closed) this.#failed(error);
      }),
    );
  }

  #follow(work: Promise<void>): void {
    const followed = work.finally(() => this.#underWay.delete(followed));
    this.#underWay.add(followed);
  }

  #failed(error: unknown): void {
    if (!this.#member.closed) this.#stage.onFailure(error);
  }
}
