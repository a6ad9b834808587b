import type { MediaRequest, MediaResponses } from '@nhip-cau/shared/protocol/media';
import type { RtpCapabilities } from '@nhip-cau/shared/protocol/media-rtp';
import type { DesiredStage, StageMedia } from '../dialogue/stage/media-port.ts';
import type { MediaCounts } from './counts.ts';
import { MediaError, orIncompatible } from './media-error.ts';
import type { MediaHooks, MediaPeer } from './media-peer.ts';
import type { Member } from './member.ts';
import { NodeTracks } from './nodes/node-tracks.ts';
import type { MediaNodes } from './nodes/track-values.ts';
import { Room } from './room.ts';
import { Tap } from './tap.ts';
import type { TapListener } from './tap.ts';
import { openWebRtcTransport, stands } from './transports.ts';
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
  nodes: MediaNodes | null = null,
): Promise<MediaService> {
  const pool = await createWorkerPool(config, {
    onDied: (worker) => service.handleWorkerDied(worker),
    onFailure: (error) => hooks.onFailure?.({ what: 'worker', error }),
  });
  const onFailure = (error: unknown) => hooks.onFailure?.({ what: 'node', error });
  const tracks = nodes && new NodeTracks(nodes, config, onFailure);
  const service = new MediaService(pool, hooks, openTransport, tracks);
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
  readonly #places = new Map<string, { member: Member; room: Room }>();
  /** Dialogues whose tracks of all nodes are tapped here, and for how many. */
  readonly #gathered = new Map<string, number>();
  readonly #tap: Tap;
  readonly #nodes: NodeTracks | null;
  #closed = false;

  constructor(
    pool: WorkerPool,
    hooks: MediaHooks,
    openTransport: TransportOpener,
    nodes: NodeTracks | null,
  ) {
    this.#pool = pool;
    this.#nodes = nodes;
    this.#hooks = hooks;
    this.#openTransport = openTransport;
    this.#tap = new Tap((error) => hooks.onFailure?.({ what: 'tap', error }));
  }

  /** Enters the peer's dialogue anew, closing what it had there before. */
  async join(peer: MediaPeer): Promise<MediaResponses['media:join']> {
    this.leave(peer.peerId);
    if (this.#closed) throw new MediaError('media.not_joined');
    const room = this.#rooms.get(peer.dialogueId) ?? this.#openRoom(peer.dialogueId);
    this.#places.set(peer.peerId, { member: room.add(peer), room });
    return { routerRtpCapabilities: this.#pool.rtpCapabilities as RtpCapabilities };
  }

  /** Closes everything of this peer, and its dialogue's room after the last one. Idempotent. */
  leave(peerId: string): void {
    const place = this.#places.get(peerId);
    if (!place) return;
    this.#places.delete(peerId);
    const { member, room } = place;
    room.remove(member);
    this.#closeIfUnused(member.peer.dialogueId, room);
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

  /** Whether packets could come over this transport of the peer's now. */
  isConnected(peerId: string, transportId: string): boolean {
    const place = this.#places.get(peerId);
    return place !== undefined && stands(place.member.transport(transportId).transport);
  }

  /** Whether that dialogue's media are carried here: somebody publishes, receives or taps. */
  hasRoom(dialogueId: string): boolean {
    return this.#rooms.has(dialogueId);
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
    const room = this.#rooms.get(dialogueId);
    if (room) this.#endRoom(dialogueId, room);
  }

  /**
   * Tells of the tracks on air now and from now on, of all dialogues of this node; gives what ends
   * that. Tracks that come in at other nodes are among them while they are gathered.
   */
  tap(listener: TapListener): () => void {
    return this.#tap.listen(listener);
  }

  /**
   * Has the tap told of what is on air of this dialogue at other nodes too, and brings it here; gives
   * what ends that, for this caller. Idempotent.
   */
  gather(dialogueId: string): () => void {
    this.#gathered.set(dialogueId, (this.#gathered.get(dialogueId) ?? 0) + 1);
    if (!this.#closed) (this.#rooms.get(dialogueId) ?? this.#openRoom(dialogueId)).gather(true);
    let isGathered = true;
    return () => {
      if (!isGathered) return;
      isGathered = false;
      const left = (this.#gathered.get(dialogueId) ?? 1) - 1;
      if (left > 0) return void this.#gathered.set(dialogueId, left);
      this.#gathered.delete(dialogueId);
      const room = this.#rooms.get(dialogueId);
      if (!room) return;
      room.gather(false);
      this.#closeIfUnused(dialogueId, room);
    };
  }

  /** The workers, for what is received outside the rooms. */
  get workers(): Pick<WorkerPool, 'place'> {
    return this.#pool;
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
    for (const [dialogueId, room] of this.#rooms) this.#closeRoom(dialogueId, room);
    this.#stages.clear();
    await this.#pool.close();
  }

  /** Those who stood on it are told to join again, and find their places on other workers. */
  handleWorkerDied(worker: MediaWorker): void {
    for (const [dialogueId, room] of this.#rooms) {
      const lost = room.dropWorker(worker);
      for (const { peer } of lost) this.#places.delete(peer.peerId);
      this.#closeIfUnused(dialogueId, room);
      for (const member of lost) member.notify('media:reset', {});
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

  #closeIfUnused(dialogueId: string, room: Room): void {
    if (room.members.size === 0 && !this.#gathered.has(dialogueId)) {
      this.#closeRoom(dialogueId, room);
    }
  }

  #openRoom(dialogueId: string): Room {
    const room = new Room({
      dialogueId,
      pool: this.#pool,
      openTransport: this.#openTransport,
      desired: () => this.#stages.get(dialogueId) ?? emptyStage,
      hooks: this.#hooks,
      tap: this.#tap,
      nodes: this.#nodes,
    });
    this.#rooms.set(dialogueId, room);
    if (this.#gathered.has(dialogueId)) room.gather(true);
    return room;
  }

  #closeRoom(dialogueId: string, room: Room): void {
    if (this.#rooms.get(dialogueId) !== room) return;
    this.#rooms.delete(dialogueId);
    for (const { peer } of room.members) this.#places.delete(peer.peerId);
    room.close();
  }
}
