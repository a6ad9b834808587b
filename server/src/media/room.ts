import type { FeedTier, MediaKind, MediaRequest } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';
import type { DesiredStage } from '../dialogue/stage/media-port.ts';
import type { StageFeed } from './allocate.ts';
import { routerCodecs } from './codecs.ts';
import { feedMedia, feedTransitions } from './feed-tiers.ts';
import { Feed } from './feed.ts';
import { watchLevels } from './levels.ts';
import { MediaError, orIncompatible } from './media-error.ts';
import type { MediaHooks, MediaPeer } from './media-peer.ts';
import { Member } from './member.ts';
import { StageReceiver } from './stage-receiver.ts';
import type { PeerTransport, TransportDirection, TransportOpener } from './transports.ts';
import type { MediaWorker } from './workers.ts';

export interface RoomOptions {
  readonly dialogueId: string;
  readonly worker: MediaWorker;
  readonly openTransport: TransportOpener;
  /** The newest desired stage; read anew wherever it matters. */
  readonly desired: () => DesiredStage;
  readonly hooks: MediaHooks;
}

/** A dialogue's media on one worker: its router, members and feeds. */
export class Room {
  readonly worker: MediaWorker;
  readonly #options: RoomOptions;
  readonly #router: types.Router;
  readonly #levels: types.AudioLevelObserver;
  readonly #members = new Set<Member>();
  readonly #feeds = new Map<string, Feed>();
  /** Feeds whose camera or microphone is being added; one addition at a time a feed. */
  readonly #adding = new Map<string, Promise<unknown>>();
  #dirty = false;
  #running: Promise<void> | undefined;

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
    this.#options = options;
    this.worker = options.worker;
    this.#router = router;
    this.#levels = levels;
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
    if (!member.peer.receives) throw new MediaError('media.not_allowed');
    const { rtpCapabilities, ...wants } = request;
    const { peerId, dialogueId, bridgePointId } = member.peer;
    if (member.receiver) {
      member.receiver.change(rtpCapabilities, { ...wants, bridgePointId });
    } else {
      const stage = {
        feeds: () => this.#stage(),
        producer: (id: string, kind: MediaKind) => this.#feeds.get(id)?.producer(kind),
      };
      member.receiver = new StageReceiver(
        member,
        stage,
        rtpCapabilities,
        { ...wants, bridgePointId },
        (error) => this.#options.hooks.onFailure?.({ what: 'receiver', dialogueId, peerId, error }),
      );
    }
    void member.receiver.sync();
  }

  /**
   * Adds a camera or microphone to the member's feed, closed at the server; only the stage opens
   * it. A second one of a kind by the same member is `media.limit`; another member's takes over.
   */
  async produce(member: Member, request: MediaRequest<'media:produce'>): Promise<types.Producer> {
    const bridgePointId = member.peer.canPublishFor;
    if (bridgePointId === null) throw new MediaError('media.not_allowed');
    const before = this.#adding.get(bridgePointId);
    const adding = (async () => {
      await before?.catch(() => {});
      return this.#addProducer(member, bridgePointId, request);
    })();
    this.#adding.set(bridgePointId, adding);
    try {
      return await adding;
    } finally {
      if (this.#adding.get(bridgePointId) === adding) this.#adding.delete(bridgePointId);
      void this.settle();
    }
  }

  async #addProducer(
    member: Member,
    bridgePointId: string,
    { transportId, kind, rtpParameters }: MediaRequest<'media:produce'>,
  ): Promise<types.Producer> {
    const { transport } = member.transport(transportId, 'send');
    const feed = this.#feeds.get(bridgePointId) ?? new Feed(bridgePointId);
    if (feed.publisher === member && feed.producer(kind)) throw new MediaError('media.limit');
    const producer = await orIncompatible(transport.produce({ kind, rtpParameters, paused: true }));
    if (member.closed || producer.closed) {
      producer.close();
      throw new MediaError('media.not_joined');
    }
    this.#feeds.set(bridgePointId, feed);
    const tellFeed = () => this.#tellFeed(member.peer.dialogueId, feed);
    feed.add(member, producer, () => {
      tellFeed();
      this.#allotReceivers();
    });
    tellFeed();
    if (kind === 'audio') {
      producer.appData['bridgePointId'] = bridgePointId;
      await this.#levels.addProducer({ producerId: producer.id }).catch((error: unknown) => {
        if (!producer.closed) this.#failed(feed, error);
      });
    }
    return producer;
  }

  #tellFeed(dialogueId: string, feed: Feed): void {
    this.#options.hooks.onFeed?.(dialogueId, feed.bridgePointId, {
      camera: feed.producer('video') !== undefined,
      microphone: feed.producer('audio') !== undefined,
    });
  }

  /** Closes one of the member's own producers; one that is gone already is no error. */
  closeProducer(member: Member, producerId: string): void {
    for (const feed of this.#feeds.values()) {
      if (feed.publisher !== member) continue;
      for (const kind of ['audio', 'video'] as const) {
        const producer = feed.producer(kind);
        if (producer?.id === producerId) producer.close();
      }
    }
  }

  /**
   * Makes the room what the newest desired stage says and resolves when it is so. Microphones that
   * it closes are closed now, not when a pass under way has ended.
   */
  async settle(): Promise<void> {
    if (this.closed) return;
    for (const feed of this.#feeds.values()) {
      if (feedMedia[this.#tierOf(feed)].microphone === 'closed') {
        feed.cutMicrophone().catch((error: unknown) => this.#failed(feed, error));
      }
    }
    this.#dirty = true;
    this.#running ??= this.#run();
    await this.#running;
    await Promise.all([...this.#members].map(({ receiver }) => receiver?.settled()));
  }

  close(): void {
    for (const member of this.#members) member.close();
    this.#members.clear();
    this.#router.close();
  }

  #tierOf({ bridgePointId }: Feed): FeedTier {
    return this.#options.desired().feeds.get(bridgePointId) ?? 'standby';
  }

  /** The stage's feeds that somebody publishes: an absent hall takes nobody's picture's place. */
  #stage(): StageFeed[] {
    return [...this.#options.desired().feeds]
      .filter(([bridgePointId]) => this.#feeds.get(bridgePointId)?.publisher)
      .map(([bridgePointId, tier]) => ({ bridgePointId, tier }));
  }

  async #run(): Promise<void> {
    while (this.#dirty && !this.closed) {
      this.#dirty = false;
      const moving = [...this.#feeds.values()].filter(
        (feed) => feed.stale || feed.tier !== this.#tierOf(feed),
      );
      // A handover closes the one hall's microphone before it opens the next one's.
      const falling = moving.filter((feed) => this.#tierOf(feed) !== 'onAir');
      await Promise.all(falling.map((feed) => this.#move(feed)));
      await Promise.all(
        moving.filter((feed) => !falling.includes(feed)).map((feed) => this.#move(feed)),
      );
    }
    this.#running = undefined;
  }

  async #move(feed: Feed): Promise<void> {
    const to = this.#tierOf(feed);
    feed.stale = false;
    try {
      for (const step of feedTransitions[feed.tier][to]) {
        // The stage has moved on: leave the rest to the pass that follows, which starts from a
        // feed between two tiers even where it goes back to the one that the feed came from.
        if (this.#tierOf(feed) !== to) {
          feed.stale = true;
          return;
        }
        if (step === 'allotReceivers') this.#allotReceivers();
        else await feed.take(step, to);
      }
      feed.tier = to;
    } catch (error) {
      feed.stale = true;
      this.#failed(feed, error);
    }
  }

  #allotReceivers(): void {
    if (this.closed) return;
    for (const { receiver } of this.#members) void receiver?.sync();
  }

  #failed({ bridgePointId }: Feed, error: unknown): void {
    const { dialogueId, hooks } = this.#options;
    if (!this.closed) hooks.onFailure?.({ what: 'feed', dialogueId, bridgePointId, error });
  }
}
