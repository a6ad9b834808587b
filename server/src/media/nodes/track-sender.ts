import type { types } from 'mediasoup';
import type { MediaNodes, PipeAddress, PipeValue, TrackValue, WantValue } from './track-values.ts';
import { endOf, openPipe } from './track-values.ts';

interface OwnTrack {
  readonly dialogueId: string;
  /** The bridge point, or the account. */
  readonly id: string;
  readonly producer: types.Producer;
  readonly router: types.Router;
  /** By the node that receives it. */
  readonly pipes: Map<string, { toPort: number; close: () => void }>;
}

/** The sources that come in at this node, and the pipes by which other nodes receive them. */
export class TrackSender {
  readonly #nodes: MediaNodes;
  readonly #address: PipeAddress;
  readonly #onFailure: (error: unknown) => void;
  readonly #tracks = new Map<string, OwnTrack>();
  /** What other nodes want of this one, also of what is still to come. */
  readonly #wants = new Map<string, Map<string, WantValue>>();

  constructor(nodes: MediaNodes, address: PipeAddress, onFailure: (error: unknown) => void) {
    this.#nodes = nodes;
    this.#address = address;
    this.#onFailure = onFailure;
    nodes.values.onChange((key, nodeId, value) => {
      const [name, , producerId] = key.split(' ');
      if (name === 'want') this.#handleWant(producerId!, nodeId, value as WantValue | null);
    });
  }

  /** Says that this source comes in here, until its producer closes. */
  add(dialogueId: string, track: TrackValue, producer: types.Producer, router: types.Router): void {
    const { values } = this.#nodes;
    const key = `track ${dialogueId} ${producer.id}`;
    this.#tracks.set(producer.id, { dialogueId, id: track.id, producer, router, pipes: new Map() });
    values.set(key, track);
    producer.observer.once('close', () => {
      values.set(key, null);
      for (const nodeId of [...(this.#tracks.get(producer.id)?.pipes.keys() ?? [])]) {
        this.#drop(producer.id, nodeId);
      }
      this.#tracks.delete(producer.id);
    });
    for (const [nodeId, want] of this.#wants.get(producer.id) ?? []) {
      this.#serve(producer.id, nodeId, want);
    }
  }

  /** Bridge points whose camera comes in here and is watched at another node. */
  *watched(dialogueId: string): Generator<string> {
    for (const [producerId, wants] of this.#wants) {
      const track = this.#tracks.get(producerId);
      if (track?.dialogueId !== dialogueId) continue;
      if ([...wants.values()].some(({ isWatched }) => isWatched)) yield track.id;
    }
  }

  #handleWant(producerId: string, nodeId: string, want: WantValue | null): void {
    const wants = this.#wants.get(producerId) ?? new Map<string, WantValue>();
    if (want === null || want.fromNodeId !== this.#nodes.nodeId) {
      wants.delete(nodeId);
      if (wants.size === 0) this.#wants.delete(producerId);
      this.#drop(producerId, nodeId);
      return;
    }
    this.#wants.set(producerId, wants.set(nodeId, want));
    this.#serve(producerId, nodeId, want);
  }

  #serve(producerId: string, nodeId: string, want: WantValue): void {
    const track = this.#tracks.get(producerId);
    if (!track || track.pipes.get(nodeId)?.toPort === want.end.port) return;
    this.#drop(producerId, nodeId);
    let isDropped = false;
    let transport: types.PipeTransport | undefined;
    const close = () => {
      isDropped = true;
      transport?.close();
    };
    track.pipes.set(nodeId, { toPort: want.end.port, close });
    const open = async () => {
      transport = await openPipe(track.router, this.#address);
      if (isDropped) return transport.close();
      await transport.connect(want.end);
      const { kind, rtpParameters } = await transport.consume({ producerId });
      if (isDropped) return;
      const end = endOf(transport);
      const pipe: PipeValue = { toPort: want.end.port, end, kind, rtpParameters };
      this.#nodes.values.set(`pipe ${track.dialogueId} ${producerId} ${nodeId}`, pipe);
    };
    open().catch((error: unknown) => {
      const wasDropped = isDropped || track.producer.closed;
      this.#drop(producerId, nodeId);
      if (!wasDropped) this.#onFailure(error);
    });
  }

  #drop(producerId: string, nodeId: string): void {
    const track = this.#tracks.get(producerId);
    const pipe = track?.pipes.get(nodeId);
    if (!track || !pipe) return;
    track.pipes.delete(nodeId);
    pipe.close();
    this.#nodes.values.set(`pipe ${track.dialogueId} ${producerId} ${nodeId}`, null);
  }
}
