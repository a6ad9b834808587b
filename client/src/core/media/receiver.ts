import type { types } from 'mediasoup-client';
import type { MediaKind, MediaNotifications } from '@nhip-cau/shared/protocol/media';
import { Emitter } from '../emitter.ts';
import type { Signaller } from './signaller.ts';

export type StreamState = 'none' | 'paused' | 'flowing';

/** One bridge point's sound and picture, as they arrive here. */
export interface ReceivedFeed {
  readonly bridgePointId: string;
  /** The same object as long as the feed lasts; tracks come and go in it. */
  readonly stream: MediaStream;
  readonly audio: StreamState;
  readonly video: StreamState;
}

export interface ReceiverEvents {
  feedAdded: ReceivedFeed;
  feedState: ReceivedFeed;
  feedRemoved: { bridgePointId: string };
  /** A stream could not be received; the others go on. */
  failed: unknown;
}

interface Reception {
  readonly bridgePointId: string;
  readonly consumer: types.Consumer;
  paused: boolean;
}

/** Receives what the server offers, as one MediaStream a bridge point. */
export class Receiver extends Emitter<ReceiverEvents> {
  readonly #signaller: Signaller;
  readonly #receptions = new Map<string, Reception>();
  /** Offers whose consumer is being made here; those closed meanwhile are taken out. */
  readonly #pending = new Set<string>();
  readonly #streams = new Map<string, MediaStream>();
  #transport: types.Transport | undefined;

  constructor(signaller: Signaller) {
    super();
    this.#signaller = signaller;
  }

  feeds(): ReceivedFeed[] {
    return [...this.#streams.keys()].map((bridgePointId) => this.#feed(bridgePointId));
  }

  /** Browser statistics of one stream, or undefined when it is not received. */
  async stats(bridgePointId: string, kind: MediaKind): Promise<RTCStatsReport | undefined> {
    return this.#find(bridgePointId, kind)?.consumer.getStats();
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
    const { consumerId, producerId, bridgePointId, kind, rtpParameters } = offer;
    if (!transport) return;
    this.#pending.add(consumerId);
    try {
      const consumer = await transport.consume({
        id: consumerId,
        producerId,
        kind,
        rtpParameters: rtpParameters as types.RtpParameters,
        // One stream a bridge point keeps its lips and its sound together.
        streamId: bridgePointId,
      });
      if (!this.#pending.has(consumerId)) return consumer.close();
      this.#add({ bridgePointId, consumer, paused: true });
      await this.#signaller.request('media:resumeConsumer', { consumerId });
    } catch (error) {
      if (this.#transport === transport) this.emit('failed', error);
    } finally {
      this.#pending.delete(consumerId);
    }
  }

  handleConsumerState({ consumers }: MediaNotifications['media:consumerState']): void {
    const changed = new Set<string>();
    for (const { consumerId, paused } of consumers) {
      const reception = this.#receptions.get(consumerId);
      if (!reception || reception.paused === paused) continue;
      reception.paused = paused;
      changed.add(reception.bridgePointId);
    }
    for (const bridgePointId of changed) this.emit('feedState', this.#feed(bridgePointId));
  }

  handleConsumerClosed({ consumerIds }: MediaNotifications['media:consumerClosed']): void {
    for (const consumerId of consumerIds) this.#pending.delete(consumerId);
    this.#close(consumerIds);
  }

  #add(reception: Reception): void {
    const { bridgePointId, consumer } = reception;
    this.#receptions.set(consumer.id, reception);
    const known = this.#streams.get(bridgePointId);
    const stream = known ?? new MediaStream();
    stream.addTrack(consumer.track);
    this.#streams.set(bridgePointId, stream);
    this.emit(known ? 'feedState' : 'feedAdded', this.#feed(bridgePointId));
  }

  #close(consumerIds: readonly string[]): void {
    const touched = new Set<string>();
    for (const consumerId of consumerIds) {
      const reception = this.#receptions.get(consumerId);
      if (!reception) continue;
      const { bridgePointId, consumer } = reception;
      this.#receptions.delete(consumerId);
      this.#streams.get(bridgePointId)?.removeTrack(consumer.track);
      consumer.close();
      touched.add(bridgePointId);
    }
    for (const bridgePointId of touched) {
      if (this.#find(bridgePointId, 'audio') || this.#find(bridgePointId, 'video')) {
        this.emit('feedState', this.#feed(bridgePointId));
      } else {
        this.#streams.delete(bridgePointId);
        this.emit('feedRemoved', { bridgePointId });
      }
    }
  }

  #find(bridgePointId: string, kind: MediaKind): Reception | undefined {
    return [...this.#receptions.values()].find(
      (it) => it.bridgePointId === bridgePointId && it.consumer.kind === kind,
    );
  }

  #feed(bridgePointId: string): ReceivedFeed {
    const state = (kind: MediaKind): StreamState => {
      const reception = this.#find(bridgePointId, kind);
      if (!reception) return 'none';
      return reception.paused ? 'paused' : 'flowing';
    };
    return {
      bridgePointId,
      stream: this.#streams.get(bridgePointId)!,
      audio: state('audio'),
      video: state('video'),
    };
  }
}
