import { groupOf } from '@nhip-cau/shared/protocol/media';
import type { MediaSource, SourceGroup } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';
import type {
  MediaNodes,
  PipeAddress,
  PipeValue,
  TrackOwner,
  TrackValue,
  WantValue,
} from './track-values.ts';
import { endOf, isLater, openPipe } from './track-values.ts';

/** Where a room takes in what comes from another node; `release` when it has ended. */
export interface Arrival {
  readonly router: types.Router;
  readonly release: () => void;
}

/** A source that comes in at another node. */
export interface RemoteTrack extends TrackValue {
  readonly producerId: string;
  readonly nodeId: string;
}

export interface RemoteTracksHooks {
  arrive(): Promise<Arrival>;
  /** The producer stands here from now on; it is to be known before it is allotted. */
  onArrived(producer: types.Producer, arrival: Arrival): void;
  /** Other nodes have said something anew. */
  onSaid(): void;
  /** Other tracks that are needed are there, or have arrived. */
  onChanged(): void;
  onFailure(error: unknown): void;
}

/** What a room wants of other nodes. */
export interface RemoteNeeds {
  isNeeded(track: RemoteTrack): boolean;
  /** Whether somebody looks at it here, also where the stage keeps it closed. */
  isWatched(track: RemoteTrack): boolean;
}

interface Incoming {
  readonly arrival: Arrival;
  readonly transport: types.PipeTransport;
  producer: types.Producer | undefined;
  /** Whether its producer is made, or being made. */
  isAnswered: boolean;
  /** What was said of it to its node; `null`: nothing yet. */
  isWatched: boolean | null;
}

/** The sources of one dialogue that come in at other nodes; those that are needed are brought here. */
export class RemoteTracks {
  readonly #dialogueId: string;
  readonly #nodes: MediaNodes;
  readonly #address: PipeAddress;
  readonly #hooks: RemoteTracksHooks;
  readonly #tracks: ReadonlyMap<string, RemoteTrack>;
  readonly #pipes: ReadonlyMap<string, PipeValue>;
  readonly #incoming = new Map<string, Incoming>();
  readonly #opening = new Set<string>();
  #needs: RemoteNeeds = { isNeeded: () => false, isWatched: () => false };
  /** By feed; made anew when something was said. */
  #byFeed: Map<string, RemoteTrack[]> | null = null;
  #needed = '';
  #closed = false;

  constructor(
    dialogueId: string,
    nodes: MediaNodes,
    address: PipeAddress,
    /** By producer, kept by whoever hears the nodes: what they say of this dialogue. */
    known: { tracks: ReadonlyMap<string, RemoteTrack>; pipes: ReadonlyMap<string, PipeValue> },
    hooks: RemoteTracksHooks,
  ) {
    this.#dialogueId = dialogueId;
    this.#nodes = nodes;
    this.#address = address;
    this.#tracks = known.tracks;
    this.#pipes = known.pipes;
    this.#hooks = hooks;
  }

  all(): Iterable<RemoteTrack> {
    return this.#tracks.values();
  }

  sends(owner: TrackOwner, id: string, group: SourceGroup): boolean {
    return this.#feed(owner, id).some(({ source }) => groupOf[source] === group);
  }

  /** What has arrived of it, if anything; of two the later one. */
  producer(owner: TrackOwner, id: string, source: MediaSource): types.Producer | undefined {
    let newest: RemoteTrack | undefined;
    for (const track of this.#feed(owner, id)) {
      if (track.source !== source) continue;
      if (!newest || isLater(track, newest)) newest = track;
    }
    const producer = newest && this.#incoming.get(newest.producerId)?.producer;
    return producer?.closed ? undefined : producer;
  }

  /** Brings those that are needed from now on, and lets go of the others. */
  need(needs: RemoteNeeds): void {
    this.#needs = needs;
    this.#bring();
  }

  /** Other nodes have said something anew. */
  handleSaid(): void {
    this.#byFeed = null;
    this.#hooks.onSaid();
    this.#bring();
    const needed = [...this.#tracks.values()]
      .filter((track) => this.#needs.isNeeded(track))
      .map((track) => track.producerId);
    const before = this.#needed;
    this.#needed = needed.join();
    if (this.#needed !== before) this.#hooks.onChanged();
  }

  #bring(): void {
    if (this.#closed) return;
    for (const producerId of [...this.#incoming.keys()]) {
      const track = this.#tracks.get(producerId);
      if (!track || !this.#needs.isNeeded(track)) this.#drop(producerId);
    }
    for (const track of this.#tracks.values()) {
      const { producerId } = track;
      if (!this.#needs.isNeeded(track)) continue;
      const incoming = this.#incoming.get(producerId);
      if (!incoming) void this.#ask(track);
      else {
        this.#want(track, incoming);
        if (!incoming.isAnswered) void this.#take(producerId, incoming);
      }
    }
  }

  /** Lets go of everything. Idempotent. */
  close(): void {
    this.#closed = true;
    for (const producerId of [...this.#incoming.keys()]) this.#drop(producerId);
  }

  #feed(owner: TrackOwner, id: string): readonly RemoteTrack[] {
    this.#byFeed ??= Map.groupBy(this.#tracks.values(), (track) => `${track.owner} ${track.id}`);
    return this.#byFeed.get(`${owner} ${id}`) ?? [];
  }

  async #ask({ producerId }: RemoteTrack): Promise<void> {
    if (this.#opening.has(producerId)) return;
    this.#opening.add(producerId);
    try {
      const arrival = await this.#hooks.arrive();
      let transport: types.PipeTransport;
      try {
        transport = await openPipe(arrival.router, this.#address);
      } catch (error) {
        arrival.release();
        throw error;
      }
      transport.observer.once('close', () => {
        arrival.release();
        // With its worker, perhaps: then it is asked for again.
        if (this.#incoming.get(producerId)?.transport === transport) {
          this.#drop(producerId);
          this.#bring();
        }
      });
      const track = this.#tracks.get(producerId);
      if (this.#closed || !track || !this.#needs.isNeeded(track)) return transport.close();
      const incoming: Incoming = {
        arrival,
        transport,
        producer: undefined,
        isAnswered: false,
        isWatched: null,
      };
      this.#incoming.set(producerId, incoming);
      this.#want(track, incoming);
    } catch (error) {
      if (!this.#closed) this.#hooks.onFailure(error);
    } finally {
      this.#opening.delete(producerId);
    }
  }

  #want(track: RemoteTrack, incoming: Incoming): void {
    const isWatched = this.#needs.isWatched(track);
    if (isWatched === incoming.isWatched) return;
    incoming.isWatched = isWatched;
    const want: WantValue = {
      fromNodeId: track.nodeId,
      end: endOf(incoming.transport),
      isWatched,
    };
    this.#nodes.values.set(this.#wantKey(track.producerId), want);
  }

  async #take(producerId: string, incoming: Incoming): Promise<void> {
    const pipe = this.#pipes.get(producerId);
    const { arrival, transport } = incoming;
    if (pipe?.toPort !== transport.tuple.localPort || transport.closed) return;
    incoming.isAnswered = true;
    try {
      await transport.connect(pipe.end);
      const { kind, rtpParameters } = pipe;
      incoming.producer = await transport.produce({ id: producerId, kind, rtpParameters });
      this.#hooks.onArrived(incoming.producer, arrival);
      this.#hooks.onChanged();
    } catch (error) {
      if (transport.closed) return;
      this.#drop(producerId);
      this.#hooks.onFailure(error);
    }
  }

  #drop(producerId: string): void {
    const incoming = this.#incoming.get(producerId);
    if (!incoming) return;
    this.#incoming.delete(producerId);
    this.#nodes.values.set(this.#wantKey(producerId), null);
    incoming.transport.close();
    if (!this.#closed) this.#hooks.onChanged();
  }

  #wantKey(producerId: string): string {
    return `want ${this.#dialogueId} ${producerId}`;
  }
}
