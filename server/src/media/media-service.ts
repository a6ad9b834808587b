import type { MediaRequest, MediaResponses } from '@nhip-cau/shared/protocol/media';
import type { RtpCapabilities } from '@nhip-cau/shared/protocol/media-rtp';
import type { DesiredStage, StageMedia } from '../dialogue/stage/media-port.ts';
import type { MediaCounts } from './counts.ts';
import { MediaError, orIncompatible } from './media-error.ts';
import type { MediaHooks, MediaPeer } from './media-peer.ts';
import type { Member } from './member.ts';
import { Room } from './room.ts';
import { Tap } from './tap.ts';
import type { TapListener } from './tap.ts';
import { openWebRtcTransport } from './transports.ts';
import type { TransportDirection, TransportOpener } from './transports.ts';
import { createWorkerPool } from './workers.ts';
import type { MediaConfig, MediaWorker, WorkerPool } from './workers.ts';

const emptyStage: DesiredStage = {
  feeds: new Map(),
  screen: null,
  lines: new Map(),
  muted: new Set(),
};

/** Starts the workers and gives the service; rejects when one cannot start or a port is taken. */
export async function createMediaService(
  config: MediaConfig,
  hooks: MediaHooks = {},
  openTransport: TransportOpener = openWebRtcTransport,
): Promise<MediaService> {
  const pool = await createWorkerPool(config, {
    onDied: (worker) => service.handleWorkerDied(worker),
    onFailure: (error) => hooks.onFailure?.({ what: 'worker', error }),
  });
  const service = new MediaService(pool, hooks, openTransport);
  return service;
}

/**
 * The media of all dialogues on this node: sockets' requests on one side, the stage's wishes on
 * the other. Requests throw `MediaError`; their payloads must have passed `mediaRequests` before.
 */
export class MediaService implements StageMedia {
  readonly #pool: WorkerPool;
  readonly #hooks: MediaHooks;
  readonly #openTransport: TransportOpener;
  readonly #stages = new Map<string, DesiredStage>();
  readonly #rooms = new Map<string, Room>();
  readonly #opening = new Map<string, Promise<Room>>();
  readonly #places = new Map<string, { member: Member; room: Room }>();
  /** The newest join of each peer still under way; one that was superseded or left gives up. */
  readonly #joining = new Map<string, symbol>();
  readonly #tap: Tap;
  #closed = false;

  constructor(pool: WorkerPool, hooks: MediaHooks, openTransport: TransportOpener) {
    this.#pool = pool;
    this.#hooks = hooks;
    this.#openTransport = openTransport;
    this.#tap = new Tap((error) => hooks.onFailure?.({ what: 'tap', error }));
  }

  /** Enters the peer's dialogue anew, closing what it had there before. */
  async join(peer: MediaPeer): Promise<MediaResponses['media:join']> {
    this.leave(peer.peerId);
    const attempt = Symbol(peer.peerId);
    this.#joining.set(peer.peerId, attempt);
    try {
      for (;;) {
        const room = this.#rooms.get(peer.dialogueId) ?? (await this.#openRoom(peer.dialogueId));
        if (this.#closed || this.#joining.get(peer.peerId) !== attempt) {
          if (room.members.size === 0) this.#closeRoom(peer.dialogueId, room);
          throw new MediaError('media.not_joined');
        }
        if (room.closed) {
          this.#closeRoom(peer.dialogueId, room);
          continue;
        }
        this.#places.set(peer.peerId, { member: room.add(peer), room });
        const routerRtpCapabilities = room.rtpCapabilities as RtpCapabilities;
        return { routerRtpCapabilities };
      }
    } finally {
      if (this.#joining.get(peer.peerId) === attempt) this.#joining.delete(peer.peerId);
    }
  }

  /** Closes everything of this peer, and its dialogue's room after the last one. Idempotent. */
  leave(peerId: string): void {
    this.#joining.delete(peerId);
    const place = this.#places.get(peerId);
    if (!place) return;
    this.#places.delete(peerId);
    place.room.remove(place.member);
    if (place.room.members.size === 0) this.#closeRoom(place.member.peer.dialogueId, place.room);
  }

  setReceiver(peerId: string, request: MediaRequest<'media:setReceiver'>): void {
    const { room, member } = this.#place(peerId);
    room.setReceiver(member, request);
  }

  async createTransport(
    peerId: string,
    direction: TransportDirection,
  ): Promise<MediaResponses['media:createTransport']> {
    const { room, member } = this.#place(peerId);
    const { parameters } = await room.openTransport(member, direction);
    return { ...parameters, ...this.#hooks.iceServers?.(member.peer) };
  }

  async connectTransport(
    peerId: string,
    { transportId, dtlsParameters }: MediaRequest<'media:connectTransport'>,
  ): Promise<void> {
    const { member } = this.#place(peerId);
    await orIncompatible(member.transport(transportId).connect(dtlsParameters));
  }

  async restartIce(
    peerId: string,
    { transportId }: MediaRequest<'media:restartIce'>,
  ): Promise<MediaResponses['media:restartIce']> {
    const { member } = this.#place(peerId);
    return { iceParameters: await member.transport(transportId).restartIce() };
  }

  async produce(
    peerId: string,
    request: MediaRequest<'media:produce'>,
  ): Promise<MediaResponses['media:produce']> {
    const { room, member } = this.#place(peerId);
    return { producerId: (await room.produce(member, request)).id };
  }

  closeProducer(peerId: string, producerId: string): void {
    const { room, member } = this.#place(peerId);
    room.closeProducer(member, producerId);
  }

  async resumeConsumer(peerId: string, consumerId: string): Promise<void> {
    await this.#place(peerId).member.receiver?.answer(consumerId);
  }

  async reconcile(dialogueId: string, desired: DesiredStage): Promise<void> {
    if (this.#closed) return;
    this.#stages.set(dialogueId, desired);
    await this.#rooms.get(dialogueId)?.settle();
  }

  async closeDialogue(dialogueId: string): Promise<void> {
    this.#stages.delete(dialogueId);
    const opening = this.#opening.get(dialogueId);
    const room = this.#rooms.get(dialogueId) ?? (await opening?.catch(() => undefined));
    if (room) this.#endRoom(dialogueId, room);
  }

  /**
   * Tells of the tracks on air now and from now on, of all dialogues of this node; gives what ends
   * that.
   */
  tap(listener: TapListener): () => void {
    return this.#tap.listen(listener);
  }

  /** Open workers, routers, transports, producers and consumers. */
  counts(): MediaCounts {
    return this.#pool.counts();
  }

  /** Process ids of the running workers. */
  workerPids(): number[] {
    return this.#pool.workers().map(({ pid }) => pid);
  }

  /** Closes rooms, then workers. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#joining.clear();
    for (const [dialogueId, room] of this.#rooms) this.#closeRoom(dialogueId, room);
    this.#stages.clear();
    await this.#pool.close();
  }

  /** Its rooms are lost: their peers are told to join again, and find a new room elsewhere. */
  handleWorkerDied(worker: MediaWorker): void {
    for (const [dialogueId, room] of this.#rooms) {
      if (room.worker === worker) this.#endRoom(dialogueId, room);
    }
  }

  /** Closes a room under its peers, and tells them. */
  #endRoom(dialogueId: string, room: Room): void {
    const peers = [...room.members];
    this.#closeRoom(dialogueId, room);
    for (const member of peers) member.notify('media:reset', {});
  }

  #place(peerId: string): { member: Member; room: Room } {
    const place = this.#places.get(peerId);
    if (!place) throw new MediaError('media.not_joined');
    return place;
  }

  #openRoom(dialogueId: string): Promise<Room> {
    const opening = this.#opening.get(dialogueId) ?? this.#open(dialogueId);
    this.#opening.set(dialogueId, opening);
    return opening;
  }

  async #open(dialogueId: string): Promise<Room> {
    try {
      const worker = await this.#pool.place();
      try {
        const room = await Room.open({
          dialogueId,
          worker,
          openTransport: this.#openTransport,
          desired: () => this.#stages.get(dialogueId) ?? emptyStage,
          hooks: this.#hooks,
          tap: this.#tap,
        });
        this.#rooms.set(dialogueId, room);
        return room;
      } catch (error) {
        worker.routers -= 1;
        throw error;
      }
    } finally {
      this.#opening.delete(dialogueId);
    }
  }

  #closeRoom(dialogueId: string, room: Room): void {
    if (this.#rooms.get(dialogueId) !== room) return;
    this.#rooms.delete(dialogueId);
    room.worker.routers -= 1;
    for (const { peer } of room.members) this.#places.delete(peer.peerId);
    room.close();
  }
}
