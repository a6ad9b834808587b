import { kindOf } from '@nhip-cau/shared/protocol/media';
import type { MediaRequest } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';
import type { DesiredStage } from '../dialogue/stage/media-port.ts';
import { routerCodecs } from './codecs.ts';
import { watchLevels } from './levels.ts';
import { MediaError, orIncompatible } from './media-error.ts';
import type { MediaHooks, MediaPeer } from './media-peer.ts';
import { Member } from './member.ts';
import { StageFeeds } from './stage-feeds.ts';
import { StageReceiver } from './stage-receiver.ts';
import type { Tap } from './tap.ts';
import type { PeerTransport, TransportDirection, TransportOpener } from './transports.ts';
import type { MediaWorker } from './workers.ts';

export interface RoomOptions {
  readonly dialogueId: string;
  readonly worker: MediaWorker;
  readonly openTransport: TransportOpener;
  /** The newest desired stage; read anew wherever it matters. */
  readonly desired: () => DesiredStage;
  readonly hooks: MediaHooks;
  readonly tap: Tap;
}

/** A dialogue's media on one worker: its router, members and feeds. */
export class Room {
  readonly worker: MediaWorker;
  readonly #options: RoomOptions;
  readonly #router: types.Router;
  readonly #levels: types.AudioLevelObserver;
  readonly #members = new Set<Member>();
  readonly #feeds: StageFeeds;
  readonly #tapped = new Set<string>();

  /** Opens the router; rejects when the worker is gone. */
  static async open(options: RoomOptions): Promise<Room> {
    const router = await options.worker.worker.createRouter({ mediaCodecs: routerCodecs });
    try {
      const levels = await watchLevels(router, (levels) =>
        options.hooks.onLevels?.(options.dialogueId, levels),
      );
      return new Room(options, router, levels);
    } catch (error) {
      router.close();
      throw error;
    }
  }

  private constructor(
    options: RoomOptions,
    router: types.Router,
    levels: types.AudioLevelObserver,
  ) {
    const { desired, dialogueId, hooks } = options;
    this.#options = options;
    this.worker = options.worker;
    this.#router = router;
    this.#levels = levels;
    this.#feeds = new StageFeeds({
      desired,
      onChanged: () => this.#allotReceivers(),
      onTracks: () => this.#tellTap(),
      onSends: (bridgePointId, sends) => hooks.onFeed?.(dialogueId, bridgePointId, sends),
      onFailure: (bridgePointId, error) => this.#failed(bridgePointId, error),
    });
    router.observer.once('close', () => this.#tellTap());
  }

  get closed(): boolean {
    return this.#router.closed;
  }

  get members(): ReadonlySet<Member> {
    return this.#members;
  }

  get rtpCapabilities(): types.RtpCapabilities {
    return this.#router.rtpCapabilities;
  }

  add(peer: MediaPeer): Member {
    const member = new Member(peer, this.#options.hooks);
    this.#members.add(member);
    return member;
  }

  remove(member: Member): void {
    this.#members.delete(member);
    member.close();
    this.#setWatched();
  }

  async openTransport(member: Member, direction: TransportDirection): Promise<PeerTransport> {
    const { openTransport } = this.#options;
    const opened = await member.openTransport(direction, () =>
      openTransport(this.worker, this.#router, direction),
    );
    if (direction === 'recv') void member.receiver?.sync();
    return opened;
  }

  /** Declares or changes what the member receives; its consumers follow by themselves. */
  setReceiver(member: Member, request: MediaRequest<'media:setReceiver'>): void {
    const { peer } = member;
    if (!peer.receives || (request.watches.length > 0 && !peer.mayWatch)) {
      throw new MediaError('media.not_allowed');
    }
    const { rtpCapabilities, ...wishes } = request;
    const { accountId, bridgePointId, canPublishFor, dialogueId, peerId } = peer;
    const wants = { ...wishes, accountId, bridgePointId, isPublisher: canPublishFor !== null };
    if (member.receiver) {
      member.receiver.change(rtpCapabilities, wants);
    } else {
      const stage = {
        view: () => this.#feeds.view(),
        producer: (allotment: Parameters<StageFeeds['producer']>[0]) =>
          this.#feeds.producer(allotment, member),
      };
      member.receiver = new StageReceiver(member, stage, rtpCapabilities, wants, (error) =>
        this.#options.hooks.onFailure?.({ what: 'receiver', dialogueId, peerId, error }),
      );
    }
    this.#setWatched();
    void member.receiver.sync();
  }

  /** Adds a source to the member's feed, closed at the server until the stage opens it. */
  async produce(member: Member, request: MediaRequest<'media:produce'>): Promise<types.Producer> {
    try {
      return await this.#feeds.add(member, request.source, () =>
        this.#openProducer(member, request),
      );
    } finally {
      this.#setWatched();
      void this.settle();
    }
  }

  async #openProducer(
    member: Member,
    { rtpParameters, source, transportId }: MediaRequest<'media:produce'>,
  ): Promise<types.Producer> {
    const { transport } = member.transport(transportId, 'send');
    const kind = kindOf[source];
    const producer = await orIncompatible(transport.produce({ kind, rtpParameters, paused: true }));
    const bridgePointId = member.peer.canPublishFor;
    if (source === 'microphone' && bridgePointId !== null) {
      producer.appData['bridgePointId'] = bridgePointId;
      await this.#levels.addProducer({ producerId: producer.id }).catch((error: unknown) => {
        if (!producer.closed) this.#failed(bridgePointId, error);
      });
    }
    if (member.closed || producer.closed) {
      producer.close();
      throw new MediaError('media.not_joined');
    }
    return producer;
  }

  /** Closes one of the member's own producers; one that is gone already is no error. */
  closeProducer(member: Member, producerId: string): void {
    this.#feeds.remove(member, producerId);
  }

  /**
   * Makes the room what the newest desired stage says and resolves when it is so. Microphones that
   * it closes are closed now, not when a pass under way has ended.
   */
  async settle(): Promise<void> {
    if (this.closed) return;
    await this.#feeds.settle();
    await Promise.all([...this.#members].map(({ receiver }) => receiver?.settled()));
  }

  close(): void {
    this.#feeds.close();
    for (const member of this.#members) member.close();
    this.#members.clear();
    this.#router.close();
  }

  #setWatched(): void {
    const watched = new Set<string>();
    for (const { receiver } of this.#members) {
      for (const bridgePointId of receiver?.watches ?? []) watched.add(bridgePointId);
    }
    this.#feeds.setWatched(watched);
  }

  #allotReceivers(): void {
    if (this.closed) return;
    for (const { receiver } of this.#members) void receiver?.sync();
  }

  #tellTap(): void {
    const { dialogueId, tap } = this.#options;
    const tracks = this.closed ? [] : this.#feeds.tracks();
    const ids = new Set(tracks.map(({ producer }) => producer.id));
    for (const id of this.#tapped) {
      if (ids.has(id)) continue;
      this.#tapped.delete(id);
      tap.remove(id);
    }
    for (const track of tracks) {
      if (this.#tapped.has(track.producer.id)) continue;
      this.#tapped.add(track.producer.id);
      tap.add({ ...track, dialogueId, router: this.#router });
    }
  }

  #failed(bridgePointId: string, error: unknown): void {
    const { dialogueId, hooks } = this.#options;
    if (!this.closed) hooks.onFailure?.({ what: 'feed', dialogueId, bridgePointId, error });
  }
}
