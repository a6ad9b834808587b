import type { types } from 'mediasoup-client';
import { groupOf } from '@nhip-cau/shared/protocol/media-sources';
import type {
  MediaKind,
  MediaNotifications,
  MediaSource,
  SourceGroup,
} from '@nhip-cau/shared/protocol/media';
import { Emitter } from '../emitter.ts';
import type { Signaller } from './signaller.ts';

export type StreamState = 'none' | 'paused' | 'flowing';

/** Sound and picture of one group of a bridge point's sources, as they arrive here. */
export interface ReceivedFeed {
  readonly bridgePointId: string;
  readonly group: SourceGroup;
  /** The same object as long as the feed lasts; tracks come and go in it. */
  readonly stream: MediaStream;
  readonly audio: StreamState;
  readonly video: StreamState;
}

export interface ReceiverEvents {
  feedAdded: ReceivedFeed;
  feedState: ReceivedFeed;
  feedRemoved: { bridgePointId: string; group: SourceGroup };
  /** A stream could not be received; the others go on. */
  failed: unknown;
}

interface Reception {
  readonly bridgePointId: string;
  readonly source: MediaSource;
  readonly consumer: types.Consumer;
  paused: boolean;
}

/** The streams of one bridge point's group. */
interface Group {
  readonly bridgePointId: string;
  readonly group: SourceGroup;
  readonly stream: MediaStream;
}

const keyOf = (bridgePointId: string, group: SourceGroup) => `${group} ${bridgePointId}`;

/** Receives what the server offers, as one MediaStream a bridge point and group of sources. */
export class Receiver extends Emitter<ReceiverEvents> {
  readonly #signaller: Signaller;
  readonly #receptions = new Map<string, Reception>();
  /** Offers whose consumer is being made here; those closed meanwhile are taken out. */
  readonly #pending = new Set<string>();
  readonly #groups = new Map<string, Group>();
  #transport: types.Transport | undefined;

  constructor(signaller: Signaller) {
    super();
    this.#signaller = signaller;
  }

  /** Cameras and microphones, or what else the group says. */
  feeds(group: SourceGroup = 'device'): ReceivedFeed[] {
    return [...this.#groups.values()]
      .filter((one) => one.group === group)
      .map((one) => this.#feed(one));
  }

  /** Whether the server says that something flows. */
  get flows(): boolean {
    return [...this.#receptions.values()].some(({ paused }) => !paused);
  }

  /** Browser statistics of one stream, or undefined when it is not received. */
  async stats(bridgePointId: string, source: MediaSource): Promise<RTCStatsReport | undefined> {
    return [...this.#receptions.values()]
      .find((it) => it.bridgePointId === bridgePointId && it.source === source)
      ?.consumer.getStats();
  }

  attach(transport: types.Transport): void {
    this.detach();
    this.#transport = transport;
  }

  /** Ends all feeds: the transport is gone. Idempotent. */
  detach(): void {
    this.#transport = undefined;
    this.#pending.clear();
    this.#close([...this.#receptions.keys()]);
  }

  async handleConsumer(offer: MediaNotifications['media:consumer']): Promise<void> {
    const transport = this.#transport;
    const { consumerId, producerId, bridgePointId, kind, source, rtpParameters } = offer;
    if (!transport) return;
    this.#pending.add(consumerId);
    try {
      const consumer = await transport.consume({
        id: consumerId,
        producerId,
        kind,
        rtpParameters: rtpParameters as types.RtpParameters,
        // One stream a group keeps its lips and its sound together.
        streamId: keyOf(bridgePointId, groupOf[source]).replace(' ', '-'),
      });
      if (!this.#pending.has(consumerId)) return consumer.close();
      this.#add({ bridgePointId, source, consumer, paused: true });
      await this.#signaller.request('media:resumeConsumer', { consumerId });
    } catch (error) {
      if (this.#transport === transport) this.emit('failed', error);
    } finally {
      this.#pending.delete(consumerId);
    }
  }

  handleConsumerState({ closed = [], consumers }: MediaNotifications['media:consumerState']): void {
    const changed = new Set<Group>();
    for (const { consumerId, paused } of consumers) {
      const reception = this.#receptions.get(consumerId);
      if (!reception || reception.paused === paused) continue;
      reception.paused = paused;
      changed.add(this.#groupOf(reception));
    }
    for (const group of changed) this.emit('feedState', this.#feed(group));
    if (closed.length > 0) this.handleConsumerClosed({ consumerIds: closed });
  }

  handleConsumerClosed({ consumerIds }: MediaNotifications['media:consumerClosed']): void {
    for (const consumerId of consumerIds) this.#pending.delete(consumerId);
    this.#close(consumerIds);
  }

  #add(reception: Reception): void {
    const { bridgePointId, consumer, source } = reception;
    const group = groupOf[source];
    this.#receptions.set(consumer.id, reception);
    const key = keyOf(bridgePointId, group);
    const known = this.#groups.get(key);
    const one = known ?? { bridgePointId, group, stream: new MediaStream() };
    one.stream.addTrack(consumer.track);
    this.#groups.set(key, one);
    this.emit(known ? 'feedState' : 'feedAdded', this.#feed(one));
  }

  #close(consumerIds: readonly string[]): void {
    const touched = new Set<Group>();
    for (const consumerId of consumerIds) {
      const reception = this.#receptions.get(consumerId);
      if (!reception) continue;
      const group = this.#groupOf(reception);
      this.#receptions.delete(consumerId);
      group.stream.removeTrack(reception.consumer.track);
      reception.consumer.close();
      touched.add(group);
    }
    for (const one of touched) {
      if (this.#find(one, 'audio') || this.#find(one, 'video')) {
        this.emit('feedState', this.#feed(one));
      } else {
        const { bridgePointId, group } = one;
        this.#groups.delete(keyOf(bridgePointId, group));
        this.emit('feedRemoved', { bridgePointId, group });
      }
    }
  }

  #groupOf({ bridgePointId, source }: Reception): Group {
    return this.#groups.get(keyOf(bridgePointId, groupOf[source]))!;
  }

  #find({ bridgePointId, group }: Group, kind: MediaKind): Reception | undefined {
    return [...this.#receptions.values()].find(
      (it) =>
        it.bridgePointId === bridgePointId &&
        groupOf[it.source] === group &&
        it.consumer.kind === kind,
    );
  }

  #feed(one: Group): ReceivedFeed {
    const state = (kind: MediaKind): StreamState => {
      const reception = this.#find(one, kind);
      if (!reception) return 'none';
      return reception.paused ? 'paused' : 'flowing';
    };
    return { ...one, audio: state('audio'), video: state('video') };
  }
}
