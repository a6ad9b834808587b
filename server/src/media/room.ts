import { kindOf } from '@nhip-cau/shared/protocol/media';
import type { MediaRequest } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';
import type { DesiredStage } from '../dialogue/stage/media-port.ts';
import type { Allotment } from './allocate.ts';
import { MediaError, orIncompatible } from './media-error.ts';
import type { MediaHooks, MediaPeer } from './media-peer.ts';
import type { NodeTracks } from './nodes/node-tracks.ts';
import { RemoteFeeds } from './nodes/remote-feeds.ts';
import { Member } from './member.ts';
import type { PlacedTransport } from './member.ts';
import { Pacer } from './pacer.ts';
import { Sites, sliceMs } from './sites.ts';
import { StageFeeds } from './stage-feeds.ts';
import { StageReceiver } from './stage-receiver.ts';
import { StillClock } from './stills.ts';
import type { Tap } from './tap.ts';
import { watchPath } from './transports.ts';
import type { TransportDirection, TransportOpener } from './transports.ts';
import type { MediaWorker, WorkerPool } from './workers.ts';

export interface RoomOptions {
  readonly dialogueId: string;
  readonly pool: Pick<WorkerPool, 'place'>;
  readonly openTransport: TransportOpener;
  /** The newest desired stage; read anew wherever it matters. */
  readonly desired: () => DesiredStage;
  readonly hooks: MediaHooks;
  readonly tap: Tap;
  /** The way to the media of other nodes. */
  readonly nodes: NodeTracks | null;
}

/** A key frame serves all who ask for one within this time, in ms. */
const keyFrameDelayMs = 500;

/** A dialogue's media: its members and feeds, over as many workers as they are placed on. */
export class Room {
  readonly #options: RoomOptions;
  readonly #members = new Set<Member>();
  readonly #sites: Sites;
  readonly #feeds: StageFeeds;
  readonly #passes = new Pacer({ sliceMs, concurrency: Infinity });
  readonly #stills = new StillClock();
  readonly #tapped = new Set<string>();
  readonly #remote: RemoteFeeds | null;
  /** Whether the tap is given what comes in at other nodes too. */
  #gathers = false;
  #closed = false;

  constructor(options: RoomOptions) {
    const { desired, dialogueId, hooks } = options;
    this.#options = options;
    this.#sites = new Sites((levels) => hooks.onLevels?.(dialogueId, levels));
    this.#feeds = new StageFeeds({
      desired,
      allot: () => this.#allotReceivers(),
      onTracks: () => this.#tellTap(),
      onSends: (bridgePointId, sends) => hooks.onFeed?.(dialogueId, bridgePointId, sends),
      onFailure: (bridgePointId, error) => this.#failed(bridgePointId, error),
    });
    this.#remote = options.nodes && this.#openRemote(options.nodes);
  }

  get closed(): boolean {
    return this.#closed;
  }

  get members(): ReadonlySet<Member> {
    return this.#members;
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

  /** Opens a transport on the least loaded worker. */
  async openTransport(member: Member, direction: TransportDirection): Promise<PlacedTransport> {
    const { openTransport, pool } = this.#options;
    const opened = await member.openTransport(direction, async () => {
      const placement = await pool.place(direction === 'send' ? 'publishers' : 'receivers');
      try {
        const site = await this.#sites.open(placement.worker);
        const peerTransport = await openTransport(site.worker, site.router, direction);
        const { transport } = peerTransport;
        transport.observer.once('close', () => placement.release());
        if (direction === 'send') {
          watchPath(transport, (isCutOff) => this.#feeds.setCutOff(member, isCutOff));
        }
        return { ...peerTransport, site };
      } catch (error) {
        placement.release();
        throw error;
      }
    });
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
    const { desired } = this.#options;
    if (member.receiver) {
      member.receiver.change(rtpCapabilities, wants);
    } else {
      const stage = {
        view: () => this.#remote?.view(this.#feeds.view(), desired()) ?? this.#feeds.view(),
        producer: (allotment: Allotment) =>
          this.#feeds.producer(allotment, member) ?? this.#remote?.producer(allotment),
        hold: this.#sites.hold.bind(this.#sites),
        passes: this.#passes,
        stills: this.#stills,
        onFailure: (error: unknown) =>
          this.#options.hooks.onFailure?.({ what: 'receiver', dialogueId, peerId, error }),
      };
      member.receiver = new StageReceiver(member, stage, rtpCapabilities, wants);
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

  /** Closes one of the member's own producers; one that is gone already is no error. */
  closeProducer(member: Member, producerId: string): void {
    this.#feeds.remove(member, producerId);
  }

  /**
   * Makes the room what the newest desired stage says and resolves when it is so. Microphones that
   * it closes are closed now, not when a pass under way has ended.
   */
  async settle(): Promise<void> {
    if (this.#closed) return;
    const hasMoved = this.#needRemote();
    await this.#feeds.settle();
    // Where all that moved is at other nodes, no feed of this one has asked for it.
    if (hasMoved) await this.#allotReceivers();
    await Promise.all([...this.#members].map(({ receiver }) => receiver?.settled()));
  }

  /** Whether the tap is to be given the tracks of all nodes, or of this one alone. */
  gather(gathers: boolean): void {
    this.#gathers = gathers;
    this.#needRemote();
    this.#tellTap();
  }

  /** Takes out the members that stood on a worker that died, with all they had; gives them. */
  dropWorker(worker: MediaWorker): Member[] {
    this.#sites.drop(worker);
    const lost = [...this.#members].filter((member) => member.isOn(worker));
    for (const member of lost) {
      this.#members.delete(member);
      member.close();
    }
    this.#setWatched();
    return lost;
  }

  /** Closes members, then routers. Idempotent. */
  close(): void {
    this.#closed = true;
    this.#gathers = false;
    this.#remote?.close();
    this.#feeds.close();
    for (const member of this.#members) member.close();
    this.#members.clear();
    this.#stills.close();
    this.#sites.close();
    this.#tellTap();
  }

  async #openProducer(
    member: Member,
    { rtpParameters, source, transportId }: MediaRequest<'media:produce'>,
  ): Promise<types.Producer> {
    const { site, transport } = member.transport(transportId, 'send');
    const kind = kindOf[source];
    const keyFrameRequestDelay = keyFrameDelayMs;
    const announce = this.#remote?.begin(member.peer, source);
    const producer = await orIncompatible(
      transport.produce({ kind, rtpParameters, paused: true, keyFrameRequestDelay }),
    );
    this.#sites.setOrigin(producer, site);
    const bridgePointId = member.peer.canPublishFor;
    if (source === 'microphone' && bridgePointId !== null) {
      producer.appData['bridgePointId'] = bridgePointId;
      await site.levels.addProducer({ producerId: producer.id }).catch((error: unknown) => {
        if (!producer.closed) this.#failed(bridgePointId, error);
      });
    }
    if (member.closed || producer.closed) {
      producer.close();
      throw new MediaError('media.not_joined');
    }
    announce?.(producer, site.router);
    return producer;
  }

  #setWatched(): void {
    const watched = new Set<string>(this.#remote?.watched());
    for (const { receiver } of this.#members) {
      for (const bridgePointId of receiver?.watches ?? []) watched.add(bridgePointId);
    }
    this.#feeds.setWatched(watched);
    this.#needRemote();
  }

  #openRemote(nodes: NodeTracks): RemoteFeeds {
    const { dialogueId, hooks, pool } = this.#options;
    return new RemoteFeeds(dialogueId, nodes, {
      arrive: async () => {
        const placement = await pool.place('publishers');
        try {
          const site = await this.#sites.open(placement.worker);
          return { router: site.router, site, release: () => placement.release() };
        } catch (error) {
          placement.release();
          throw error;
        }
      },
      onArrived: (producer, site) => this.#sites.setOrigin(producer, site),
      onChanged: () => {
        if (this.#closed) return;
        this.#needRemote();
        this.#tellTap();
        void this.#allotReceivers();
      },
      onReplaced: (bridgePointId, group) => this.#feeds.giveWay(bridgePointId, group),
      onWatched: () => this.#setWatched(),
      onFailure: (error) => hooks.onFailure?.({ what: 'node', dialogueId, error }),
    });
  }

  /** Of other nodes no more is brought here than is received or tapped. Whether the stage moved. */
  #needRemote(): boolean {
    const receivers = [...this.#members].flatMap(({ receiver }) => receiver ?? []);
    const desired = receivers.length > 0 || this.#gathers ? this.#options.desired() : null;
    const watched = new Set(receivers.flatMap(({ watches }) => watches));
    return this.#remote?.need(desired, watched) ?? false;
  }

  /** Resolves when every receiver's streams have been asked for. */
  async #allotReceivers(): Promise<void> {
    if (this.#closed) return;
    await Promise.all([...this.#members].map(({ receiver }) => receiver?.sync()));
  }

  #tellTap(): void {
    const { dialogueId, tap } = this.#options;
    const own = this.#closed ? [] : this.#feeds.tracks();
    const all = this.#gathers ? this.#remote?.tracks(own, this.#options.desired()) : own;
    const tracks = all ?? own;
    const ids = new Set(tracks.map(({ producer }) => producer.id));
    for (const id of this.#tapped) {
      if (ids.has(id)) continue;
      this.#tapped.delete(id);
      tap.remove(id);
    }
    for (const track of tracks) {
      const site = this.#sites.originOf(track.producer);
      if (!site || this.#tapped.has(track.producer.id)) continue;
      this.#tapped.add(track.producer.id);
      const isGathered = !own.includes(track);
      tap.add({ ...track, dialogueId, isGathered, router: site.router });
    }
  }

  #failed(bridgePointId: string, error: unknown): void {
    const { dialogueId, hooks } = this.#options;
    if (!this.#closed) hooks.onFailure?.({ what: 'feed', dialogueId, bridgePointId, error });
  }
}
