import type { types } from 'mediasoup';
import { RemoteTracks } from './remote-tracks.ts';
import type { RemoteTrack, RemoteTracksHooks } from './remote-tracks.ts';
import { TrackSender } from './track-sender.ts';
import type { MediaNodes, PipeAddress, PipeValue, TrackValue } from './track-values.ts';

interface Known {
  readonly tracks: Map<string, RemoteTrack>;
  readonly pipes: Map<string, PipeValue>;
  readonly rooms: Set<RemoteTracks>;
}

/** The media of all dialogues between this node and the others. */
export class NodeTracks {
  readonly #nodes: MediaNodes;
  readonly #address: PipeAddress;
  readonly #sender: TrackSender;
  readonly #dialogues = new Map<string, Known>();
  /** Dialogues of which something was said since they were told. */
  readonly #untold = new Set<string>();

  constructor(nodes: MediaNodes, address: PipeAddress, onFailure: (error: unknown) => void) {
    this.#nodes = nodes;
    this.#address = address;
    this.#sender = new TrackSender(nodes, address, onFailure);
    nodes.values.onChange((key, nodeId, value) => {
      const [name, dialogueId, producerId, receiver] = key.split(' ');
      if (name === 'track') {
        const known = this.#known(dialogueId!);
        const track = value as TrackValue | null;
        if (track) known.tracks.set(producerId!, { ...track, producerId: producerId!, nodeId });
        else known.tracks.delete(producerId!);
        this.#tell(dialogueId!);
      } else if (name === 'pipe' && receiver === nodes.nodeId) {
        const known = this.#known(dialogueId!);
        const pipe = value as PipeValue | null;
        if (pipe) known.pipes.set(producerId!, pipe);
        else known.pipes.delete(producerId!);
        this.#tell(dialogueId!);
      } else if (name === 'want' && this.#dialogues.has(dialogueId!)) {
        this.#tell(dialogueId!);
      }
    });
  }

  get nodeId(): string {
    return this.#nodes.nodeId;
  }

  /** Says that this source comes in here, until its producer closes. */
  add(dialogueId: string, track: TrackValue, producer: types.Producer, router: types.Router): void {
    this.#sender.add(dialogueId, track, producer, router);
  }

  /** What comes from other nodes for a room, until `forget`. */
  open(dialogueId: string, hooks: RemoteTracksHooks): RemoteTracks {
    const known = this.#known(dialogueId);
    const tracks = new RemoteTracks(dialogueId, this.#nodes, this.#address, known, hooks);
    known.rooms.add(tracks);
    return tracks;
  }

  /** Bridge points whose camera comes in here and is watched at another node. */
  watched(dialogueId: string): Iterable<string> {
    return this.#sender.watched(dialogueId);
  }

  /** The room is closed. */
  forget(dialogueId: string, tracks: RemoteTracks): void {
    tracks.close();
    this.#known(dialogueId).rooms.delete(tracks);
    this.#tell(dialogueId);
  }

  /** Once for all that was said together: a node that comes says hundreds of things at once. */
  #tell(dialogueId: string): void {
    if (this.#untold.has(dialogueId)) return;
    this.#untold.add(dialogueId);
    setImmediate(() => {
      this.#untold.delete(dialogueId);
      const { pipes, rooms, tracks } = this.#known(dialogueId);
      for (const room of rooms) room.handleSaid();
      if (rooms.size + tracks.size + pipes.size === 0) this.#dialogues.delete(dialogueId);
    });
  }

  #known(dialogueId: string): Known {
    const known = this.#dialogues.get(dialogueId) ?? {
      tracks: new Map<string, RemoteTrack>(),
      pipes: new Map<string, PipeValue>(),
      rooms: new Set<RemoteTracks>(),
    };
    this.#dialogues.set(dialogueId, known);
    return known;
  }
}
