import type { FeedTier, MediaKind } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';
import { feedMedia } from './feed-tiers.ts';
import type { FeedStep } from './feed-tiers.ts';
import type { Member } from './member.ts';
import { ProducerGate } from './producer-gate.ts';

/** A bridge point's camera and microphone in a room: at most one of each, of one publisher. */
export class Feed {
  readonly bridgePointId: string;
  /** The tier that the last completed transition led to. */
  tier: FeedTier = 'standby';
  /** Whether something changed since that transition, as a new producer does. */
  stale = false;
  #publisher: Member | undefined;
  readonly #gates = new Map<MediaKind, ProducerGate>();
  #told: FeedTier | undefined;

  constructor(bridgePointId: string) {
    this.bridgePointId = bridgePointId;
  }

  get publisher(): Member | undefined {
    return this.#publisher;
  }

  producer(kind: MediaKind): types.Producer | undefined {
    return this.#gates.get(kind)?.producer;
  }

  /**
   * Puts a producer, created paused, behind its gate. One of another publisher's takes the feed
   * over: the former publisher's producers close first, then it is told.
   */
  add(member: Member, producer: types.Producer, onClosed: () => void): void {
    const former = this.#publisher;
    if (former !== member) {
      for (const gate of this.#gates.values()) gate.producer.close();
      this.#publisher = member;
      this.#told = undefined;
      former?.notify('media:replaced', {});
    }
    const gate = new ProducerGate(producer);
    this.#gates.set(producer.kind, gate);
    this.stale = true;
    producer.observer.once('close', () => {
      if (this.#gates.get(producer.kind) !== gate) return;
      this.#gates.delete(producer.kind);
      if (this.#gates.size === 0) this.#publisher = undefined;
      onClosed();
    });
  }

  /**
   * Closes the microphone at the server, whatever else is under way. A feed whose microphone was
   * open then stands between two tiers.
   */
  async cutMicrophone(): Promise<void> {
    const gate = this.#gates.get('audio');
    if (gate?.open) this.stale = true;
    await gate?.set(false);
  }

  /** One step of a transition to `to`; `allotReceivers` is the room's. */
  async take(step: Exclude<FeedStep, 'allotReceivers'>, to: FeedTier): Promise<void> {
    switch (step) {
      case 'closeMicrophone':
        return this.#gates.get('audio')?.set(false);
      case 'openMicrophone':
        return this.#gates.get('audio')?.set(true);
      case 'closeCamera':
        return this.#gates.get('video')?.set(false);
      case 'openCamera':
        // The worker asks for a key frame as it resumes the producer.
        return this.#gates.get('video')?.set(true);
      case 'tellPublisher':
        return this.#tell(to);
    }
  }

  #tell(tier: FeedTier): void {
    if (this.#told === tier || !this.#publisher) return;
    this.#told = tier;
    const { maxSpatialLayer, microphone } = feedMedia[tier];
    this.#publisher.notify('media:feed', { tier, maxSpatialLayer, microphone });
  }
}
