import { groupOf } from '@nhip-cau/shared/protocol/media';
import type { MediaSource, SourceGroup } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';
import type { DesiredStage } from '../../dialogue/stage/media-port.ts';
import type { Allotment, StageView } from '../allocate.ts';
import type { MediaPeer } from '../media-peer.ts';
import type { Site } from '../sites.ts';
import type { StageTrack } from '../stage-view.ts';
import type { NodeTracks } from './node-tracks.ts';
import type { RemoteTrack, RemoteTracks } from './remote-tracks.ts';
import { isLater } from './track-values.ts';
import type { TrackOwner } from './track-values.ts';

export interface RemoteFeedsHooks {
  /** A place for what comes from another node. */
  arrive(): Promise<{ router: types.Router; site: Site; release: () => void }>;
  onArrived(producer: types.Producer, site: Site): void;
  onChanged(): void;
  /** Another node has a newer publisher of this hall. */
  onReplaced(bridgePointId: string, group: SourceGroup): void;
  /** Other nodes may watch other cameras of this one. */
  onWatched(): void;
  onFailure(error: unknown): void;
}

/** What a room has of other nodes' halls: as if they were its own, once they have arrived. */
export class RemoteFeeds {
  readonly #dialogueId: string;
  readonly #nodes: NodeTracks;
  readonly #tracks: RemoteTracks;
  readonly #hooks: RemoteFeedsHooks;
  #stage: string | null = null;
  /** Who sends each group of each hall here, and since when, epoch ms. */
  readonly #begun = new Map<string, { peerId: string; since: number; open: number }>();

  constructor(dialogueId: string, nodes: NodeTracks, hooks: RemoteFeedsHooks) {
    this.#dialogueId = dialogueId;
    this.#nodes = nodes;
    this.#hooks = hooks;
    const sites = new WeakMap<types.Router, Site>();
    this.#tracks = nodes.open(dialogueId, {
      arrive: async () => {
        const { site, ...arrival } = await hooks.arrive();
        sites.set(arrival.router, site);
        return arrival;
      },
      onArrived: (producer, { router }) => {
        const site = sites.get(router);
        if (site) hooks.onArrived(producer, site);
      },
      onSaid: () => {
        this.#giveWay();
        hooks.onWatched();
      },
      onChanged: () => hooks.onChanged(),
      onFailure: hooks.onFailure,
    });
  }

  /**
   * Call as a source is about to come in here; gives what tells other nodes of it, until its
   * producer closes. Its place in the order is that of this call, however long it then takes.
   */
  begin(
    { accountId, canPresentFor, canPublishFor, peerId }: MediaPeer,
    source: MediaSource,
  ): (producer: types.Producer, router: types.Router) => void {
    const group = groupOf[source];
    const bridgePointId = group === 'screen' ? canPresentFor : canPublishFor;
    const owner: TrackOwner = bridgePointId === null ? 'talker' : 'hall';
    const id = bridgePointId ?? accountId;
    if (id === null) return () => {};
    const key = `${id} ${group}`;
    // What one computer sends began with its first source.
    const before = this.#begun.get(key);
    const since =
      before?.peerId === peerId ? before.since : this.#nextSince(owner, id, group, before?.since);
    return (producer, router) => {
      const known = this.#begun.get(key);
      const begun = known?.peerId === peerId ? known : { peerId, since, open: 0 };
      begun.open += 1;
      this.#begun.set(key, begun);
      producer.observer.once('close', () => {
        begun.open -= 1;
        if (begun.open === 0 && this.#begun.get(key) === begun) this.#begun.delete(key);
      });
      const track = { owner, id, source, since: begun.since };
      this.#nodes.add(this.#dialogueId, track, producer, router);
      // Once it is a part of its feed: another node's may have begun meanwhile.
      setImmediate(() => this.#giveWay());
    };
  }

  /**
   * Brings here what this stage and these watchers need; `null`: nobody receives anything. Whether
   * it is another stage than before.
   */
  need(desired: DesiredStage | null, watched: ReadonlySet<string>): boolean {
    const stage =
      desired && JSON.stringify([[...desired.feeds], desired.screen, [...desired.lines]]);
    const hasMoved = stage !== this.#stage;
    this.#stage = stage;
    this.#tracks.need({
      isNeeded: (track) => desired !== null && isNeeded(track, desired, watched),
      isWatched: ({ id, owner, source }) =>
        owner === 'hall' && source === 'camera' && watched.has(id),
    });
    return hasMoved;
  }

  /** Bridge points of this node whose camera is watched at another one. */
  watched(): Iterable<string> {
    return this.#nodes.watched(this.#dialogueId);
  }

  /** The stage with the halls of other nodes. */
  view(own: StageView, { feeds, screen }: DesiredStage): StageView {
    const here = new Set(own.feeds.map(({ bridgePointId }) => bridgePointId));
    return {
      ...own,
      feeds: [...feeds]
        .filter(([id]) => here.has(id) || this.#tracks.sends('hall', id, 'device'))
        .map(([bridgePointId, tier]) => ({ bridgePointId, tier })),
      screen:
        own.screen ??
        (screen !== null && this.#tracks.sends('hall', screen, 'screen') ? screen : null),
    };
  }

  /** What is on air with what has arrived of other nodes' halls; of a hall at both what is here. */
  tracks(own: readonly StageTrack[], { feeds, muted, screen }: DesiredStage): StageTrack[] {
    const tracks = new Map(own.map((track) => [`${track.bridgePointId} ${track.source}`, track]));
    const add = (bridgePointId: string, source: MediaSource) => {
      const key = `${bridgePointId} ${source}`;
      const producer = this.#tracks.producer('hall', bridgePointId, source);
      if (producer && !tracks.has(key)) tracks.set(key, { bridgePointId, source, producer });
    };
    for (const [id, tier] of feeds) {
      if (tier !== 'onAir') continue;
      add(id, 'camera');
      if (!muted.has(id)) add(id, 'microphone');
    }
    if (screen !== null)
      for (const source of ['screen', 'screenSound'] as const) add(screen, source);
    return [...tracks.values()];
  }

  producer({ accountId, bridgePointId, source }: Allotment): types.Producer | undefined {
    return accountId === undefined
      ? this.#tracks.producer('hall', bridgePointId, source)
      : this.#tracks.producer('talker', accountId, source);
  }

  close(): void {
    this.#nodes.forget(this.#dialogueId, this.#tracks);
  }

  /** The clocks of nodes differ: later than whatever is known to have begun. */
  #nextSince(owner: TrackOwner, id: string, group: SourceGroup, here = 0): number {
    let newest = here;
    for (const track of this.#tracks.all()) {
      if (track.owner === owner && track.id === id && groupOf[track.source] === group) {
        newest = Math.max(newest, track.since);
      }
    }
    return Math.max(Date.now(), newest + 1);
  }

  /** What another node's newer computer sends is not sent from here any more. */
  #giveWay(): void {
    if (this.#begun.size === 0) return;
    const { nodeId } = this.#nodes;
    for (const track of this.#tracks.all()) {
      const { id, owner, source } = track;
      const begun = this.#begun.get(`${id} ${groupOf[source]}`);
      if (owner === 'hall' && begun && isLater(track, { since: begun.since, nodeId })) {
        this.#hooks.onReplaced(id, groupOf[source]);
      }
    }
  }
}

function isNeeded(
  { id, owner, source }: RemoteTrack,
  { feeds, lines, screen }: DesiredStage,
  watched: ReadonlySet<string>,
): boolean {
  if (owner === 'talker') return [...lines.values()].includes(id);
  const group = groupOf[source];
  if (group === 'screen') return screen === id;
  if (group === 'line') return lines.has(id);
  const tier = feeds.get(id);
  return tier === 'onAir' || tier === 'onDeck' || (source === 'camera' && watched.has(id));
}
