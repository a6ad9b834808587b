import { groupOf } from '@nhip-cau/shared/protocol/media';
import type { FeedTier, MediaSource, SourceGroup } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';
import { feedMedia } from './feed-tiers.ts';
import type { OwnStep } from './feed-tiers.ts';
import type { FeedSends } from './media-peer.ts';
import type { Member } from './member.ts';
import { ProducerGate } from './producer-gate.ts';

/**
 * What one bridge point sends in a room: at most one of each source, and one publisher a group of
 * sources. Camera and microphone follow the tier; the others have gates of their own. The voice of
 * an operator on private lines is a feed too, with a `line` alone.
 */
export class Feed {
  /** The bridge point, or the account of an operator. */
  readonly id: string;
  /** The tier that the last completed transition led to. */
  tier: FeedTier = 'standby';
  /** Whether its microphone is kept closed in whatever tier, as that transition made it. */
  muted = false;
  /** Whether no packet of its camera or microphone has come for a while. */
  isSilent = false;
  /** Whether something changed since that transition, as a new producer does. */
  stale = false;
  /** Groups whose publisher's path is known to be gone. */
  readonly #cutOff = new Set<SourceGroup>();
  readonly #publishers = new Map<SourceGroup, Member>();
  readonly #gates = new Map<MediaSource, ProducerGate>();
  #watched = false;
  #told = '';

  constructor(id: string) {
    this.id = id;
  }

  publisher(group: SourceGroup): Member | undefined {
    return this.#publishers.get(group);
  }

  producer(source: MediaSource): types.Producer | undefined {
    return this.#gates.get(source)?.producer;
  }

  /** What reaches the server of it. */
  get sends(): FeedSends {
    const reaches = !this.isSilent && !this.#cutOff.has('device');
    return {
      camera: reaches && this.#gates.has('camera'),
      microphone: reaches && this.#gates.has('microphone'),
      screen: !this.#cutOff.has('screen') && this.#gates.has('screen'),
    };
  }

  /** The path of a group's publisher is gone, or stands again; whether that is news. */
  setCutOff(group: SourceGroup, isCutOff: boolean): boolean {
    if (isCutOff === this.#cutOff.has(group)) return false;
    if (isCutOff) this.#cutOff.add(group);
    else this.#cutOff.delete(group);
    return true;
  }

  /** Its camera and microphone, those that there are. */
  devices(): types.Producer[] {
    return this.#gatesOf('device').map(({ producer }) => producer);
  }

  /** The producers whose gates were opened last, by source. */
  *open(): Generator<[MediaSource, types.Producer]> {
    for (const [source, { open, producer }] of this.#gates) {
      if (open && !producer.closed) yield [source, producer];
    }
  }

  get isEmpty(): boolean {
    return this.#gates.size === 0;
  }

  /**
   * Puts a producer, created paused, behind its gate. One of another publisher's takes its group
   * over: the former publisher's producers close first, then it is told.
   */
  add(member: Member, source: MediaSource, producer: types.Producer, onClosed: () => void): void {
    const group = groupOf[source];
    const former = this.#publishers.get(group);
    if (former !== member) {
      for (const gate of this.#gatesOf(group)) gate.producer.close();
      this.#publishers.set(group, member);
      this.#cutOff.delete(group);
      if (group === 'device') {
        this.#told = '';
        this.isSilent = false;
      }
      former?.notify('media:replaced', { group });
    }
    const gate = new ProducerGate(producer);
    this.#gates.set(source, gate);
    this.stale = true;
    producer.observer.once('close', () => {
      if (this.#gates.get(source) !== gate) return;
      this.#gates.delete(source);
      if (this.#gatesOf(group).length === 0) this.#publishers.delete(group);
      onClosed();
    });
  }

  /**
   * Closes the microphone at the server, whatever else is under way. A feed whose microphone was
   * open then stands between two tiers.
   */
  async cutMicrophone(): Promise<void> {
    const gate = this.#gates.get('microphone');
    if (gate?.open) this.stale = true;
    await gate?.set(false);
  }

  /** Opens or closes one group beside the tiers, at once. */
  async setGroup(group: Exclude<SourceGroup, 'device'>, open: boolean): Promise<void> {
    await Promise.all(this.#gatesOf(group).map((gate) => gate.set(open)));
  }

  /** Whether somebody looks at this camera in whatever tier; `tier` is the desired one. */
  async setWatched(watched: boolean, tier: FeedTier): Promise<void> {
    if (watched === this.#watched) return;
    this.#watched = watched;
    await this.#setCamera(tier);
  }

  /** One step of a transition to `to`; `allotReceivers` is the room's. */
  async take(step: OwnStep, to: FeedTier, muted: boolean): Promise<void> {
    switch (step) {
      case 'closeMicrophone':
        return this.#gates.get('microphone')?.set(false);
      case 'openMicrophone':
        return this.#gates.get('microphone')?.set(!muted);
      case 'closeCamera':
      case 'openCamera':
        // The worker asks for a key frame as it resumes the producer.
        return this.#setCamera(to);
      case 'tellPublisher':
        return this.#tell(to, muted);
    }
  }

  async #setCamera(tier: FeedTier): Promise<void> {
    await this.#gates.get('camera')?.set(this.#watched || feedMedia[tier].camera === 'open');
  }

  #gatesOf(group: SourceGroup): ProducerGate[] {
    return [...this.#gates].filter(([source]) => groupOf[source] === group).map(([, gate]) => gate);
  }

  #tell(tier: FeedTier, muted: boolean): void {
    const publisher = this.#publishers.get('device');
    const { maxSpatialLayer, microphone: ofTier } = feedMedia[tier];
    const microphone = muted ? 'closed' : ofTier;
    const told = `${tier} ${microphone}`;
    if (this.#told === told || !publisher) return;
    this.#told = told;
    publisher.notify('media:feed', { tier, maxSpatialLayer, microphone });
  }
}
