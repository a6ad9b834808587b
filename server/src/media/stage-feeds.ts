import { groupOf, mediaSources } from '@nhip-cau/shared/protocol/media';
import type { FeedTier, MediaSource, SourceGroup } from '@nhip-cau/shared/protocol/media';
import type { types } from 'mediasoup';
import type { DesiredStage } from '../dialogue/stage/media-port.ts';
import type { Allotment, StageView } from './allocate.ts';
import { feedMedia, feedSteps } from './feed-tiers.ts';
import type { OwnStep } from './feed-tiers.ts';
import { Feed } from './feed.ts';
import { Liveness } from './liveness.ts';
import { MediaError } from './media-error.ts';
import type { FeedSends, MediaPeer } from './media-peer.ts';
import type { Member } from './member.ts';
import { tracksOf, viewOf } from './stage-view.ts';
import type { StageTrack } from './stage-view.ts';

/** What a room is told by its feeds. */
export interface StageFeedsHooks {
  /** The newest desired stage; read anew wherever it matters. */
  desired(): DesiredStage;
  /** Allots the receivers anew; resolves when the workers have been asked for all of it. */
  allot(): Promise<void>;
  /** The tracks on air may be other ones. */
  onTracks(): void;
  onSends(bridgePointId: string, sends: FeedSends): void;
  onFailure(bridgePointId: string, error: unknown): void;
}

/** One feed on its way to what the stage says. */
interface Move {
  readonly feed: Feed;
  readonly to: FeedTier;
  readonly muted: boolean;
  readonly before: readonly OwnStep[];
  readonly after: readonly OwnStep[];
}

/** A dialogue's feeds, moved to what the newest desired stage says. */
export class StageFeeds {
  readonly #hooks: StageFeedsHooks;
  readonly #halls = new Map<string, Feed>();
  /** Operators' ends of private lines, by account. */
  readonly #talkers = new Map<string, Feed>();
  /** Feeds to which a source is being added; one addition at a time a feed. */
  readonly #adding = new Map<string, Promise<unknown>>();
  /** Whether receivers are to be allotted anew even where no feed moves. */
  #changed = false;
  #beside = '';
  #dirty = false;
  #running: Promise<void> | undefined;
  readonly #liveness: Liveness;
  #closed = false;

  constructor(hooks: StageFeedsHooks) {
    this.#hooks = hooks;
    this.#liveness = new Liveness(
      () => this.#lively(),
      (feed) => this.#tellSends(feed),
    );
  }

  /**
   * Adds a source to the member's feed, closed at the server; only the stage opens it. A second one
   * of a source by the same member is `media.limit`; another member's takes the group over.
   */
  async add(
    member: Member,
    source: MediaSource,
    produce: () => Promise<types.Producer>,
  ): Promise<types.Producer> {
    const { id, feeds } = this.#place(member.peer, source);
    const before = this.#adding.get(id);
    const adding = (async () => {
      await before?.catch(() => {});
      const feed = feeds.get(id) ?? new Feed(id);
      if (feed.publisher(groupOf[source]) === member && feed.producer(source)) {
        throw new MediaError('media.limit');
      }
      const producer = await produce();
      feeds.set(id, feed);
      feed.add(member, source, producer, () => this.#handleClosed(feeds, feed));
      if (feeds === this.#halls) this.#tellSends(feed);
      else this.#changed = true;
      return producer;
    })();
    this.#adding.set(id, adding);
    try {
      return await adding;
    } finally {
      if (this.#adding.get(id) === adding) this.#adding.delete(id);
    }
  }

  /** Closes one of the member's own producers; one that is gone already is no error. */
  remove(member: Member, producerId: string): void {
    for (const feed of [...this.#halls.values(), ...this.#talkers.values()]) {
      for (const source of mediaSources) {
        const producer = feed.producer(source);
        if (producer?.id !== producerId) continue;
        if (feed.publisher(groupOf[source]) === member) producer.close();
      }
    }
  }

  view(): StageView {
    return viewOf(this.#hooks.desired(), this.#halls);
  }

  /** What an allotment is of, unless this member sends it itself. */
  producer(
    { accountId, bridgePointId, source }: Allotment,
    member: Member,
  ): types.Producer | undefined {
    const feed =
      accountId === undefined ? this.#halls.get(bridgePointId) : this.#talkers.get(accountId);
    return feed?.publisher(groupOf[source]) === member ? undefined : feed?.producer(source);
  }

  tracks(): StageTrack[] {
    return tracksOf(this.#hooks.desired(), this.#halls);
  }

  /** The path of a publisher is gone, or stands again. */
  setCutOff(member: Member, isCutOff: boolean): void {
    for (const feed of this.#halls.values()) {
      for (const group of ['device', 'screen'] as const) {
        if (feed.publisher(group) !== member) continue;
        if (feed.setCutOff(group, isCutOff)) this.#tellSends(feed);
      }
    }
  }

  /** Another computer sends for this hall by now, at another node: never two at once. */
  giveWay(bridgePointId: string, group: SourceGroup): void {
    const feed = this.#halls.get(bridgePointId);
    const member = feed?.publisher(group);
    for (const source of mediaSources) {
      if (groupOf[source] === group) feed?.producer(source)?.close();
    }
    member?.notify('media:replaced', { group });
  }

  /** Opens the cameras that somebody watches, and closes again those that nobody does any more. */
  setWatched(watched: ReadonlySet<string>): void {
    for (const feed of this.#halls.values()) {
      this.#try(feed, feed.setWatched(watched.has(feed.id), this.#tierOf(feed)));
    }
  }

  /**
   * Makes the feeds what the newest desired stage says and resolves when it is so. Microphones that
   * it closes are closed now, not when a pass under way has ended.
   */
  async settle(): Promise<void> {
    if (this.#closed) return;
    for (const feed of this.#halls.values()) {
      if (this.#isMuted(feed) || feedMedia[this.#tierOf(feed)].microphone === 'closed') {
        this.#try(feed, feed.cutMicrophone());
      }
    }
    const beside = this.#setBeside(false);
    this.#dirty = true;
    this.#running ??= this.#run();
    // What is off air by now ends at once, however long a worker takes for the rest.
    this.#hooks.onTracks();
    await Promise.all([this.#running, beside]);
    this.#hooks.onTracks();
  }

  close(): void {
    this.#closed = true;
    this.#liveness.close();
  }

  #place({ accountId, canPresentFor, canPublishFor, mayWatch }: MediaPeer, source: MediaSource) {
    const group = groupOf[source];
    const bridgePointId = group === 'screen' ? canPresentFor : canPublishFor;
    if (bridgePointId !== null) return { id: bridgePointId, feeds: this.#halls };
    if (group === 'line' && mayWatch && accountId !== null) {
      return { id: accountId, feeds: this.#talkers };
    }
    throw new MediaError('media.not_allowed');
  }

  #handleClosed(feeds: Map<string, Feed>, feed: Feed): void {
    if (feeds === this.#halls) this.#tellSends(feed);
    else if (feed.isEmpty) this.#talkers.delete(feed.id);
    if (this.#closed) return;
    this.#hooks.onTracks();
    void this.#hooks.allot();
  }

  #tellSends(feed: Feed): void {
    this.#hooks.onSends(feed.id, feed.sends);
  }

  /** Feeds whose silence matters: those on air, and those that are to be heard again. */
  #lively(): Feed[] {
    return [...this.#halls.values()].filter(
      (feed) => feed.publisher('device') && (feed.isSilent || this.#tierOf(feed) === 'onAir'),
    );
  }

  #tierOf({ id }: Feed): FeedTier {
    return this.#hooks.desired().feeds.get(id) ?? 'standby';
  }

  #isMuted({ id }: Feed): boolean {
    return this.#hooks.desired().muted.has(id);
  }

  /** Screens and lines, which have no tiers: closes what is not to be open, or opens the rest. */
  async #setBeside(open: boolean): Promise<void> {
    const { lines, screen } = this.#hooks.desired();
    const talking = new Set(lines.values());
    const gates: Promise<void>[] = [];
    const set = (feed: Feed, group: 'screen' | 'line', isWanted: boolean) => {
      if (isWanted === open) gates.push(this.#try(feed, feed.setGroup(group, open)));
    };
    for (const feed of this.#halls.values()) {
      set(feed, 'screen', screen === feed.id);
      set(feed, 'line', lines.has(feed.id));
    }
    for (const feed of this.#talkers.values()) set(feed, 'line', talking.has(feed.id));
    const beside = JSON.stringify([screen, [...lines]]);
    this.#changed ||= beside !== this.#beside;
    this.#beside = beside;
    await Promise.all(gates);
  }

  async #run(): Promise<void> {
    while (this.#dirty && !this.#closed) {
      this.#dirty = false;
      const moves = [...this.#halls.values()]
        .filter(
          (feed) =>
            feed.stale || feed.tier !== this.#tierOf(feed) || feed.muted !== this.#isMuted(feed),
        )
        .map((feed) => this.#moveOf(feed));
      // A handover closes the one hall's microphone before it opens the next one's, and each
      // receiver is asked and told once for all of it.
      const falling = moves.filter(({ to }) => to !== 'onAir');
      const rising = moves.filter(({ to }) => to === 'onAir');
      await Promise.all(falling.map((move) => this.#take(move, move.before)));
      await Promise.all(rising.map((move) => this.#take(move, move.before)));
      if (moves.length > 0 || this.#changed) {
        this.#changed = false;
        await this.#hooks.allot();
      }
      await Promise.all([
        this.#setBeside(true),
        ...moves.map(async (move) => {
          // Asked for together: the key frame does not wait for the microphone's answer.
          const taken = await Promise.all(move.after.map((step) => this.#take(move, [step])));
          if (taken.includes(false) || this.#isOvertaken(move.feed, move.to, move.muted)) return;
          move.feed.tier = move.to;
          move.feed.muted = move.muted;
        }),
      ]);
    }
    this.#running = undefined;
  }

  #moveOf(feed: Feed): Move {
    const to = this.#tierOf(feed);
    feed.stale = false;
    return { feed, to, muted: this.#isMuted(feed), ...feedSteps(feed.tier, to) };
  }

  /** Resolves to whether the steps were taken and the stage still says the same. */
  async #take({ feed, muted, to }: Move, steps: readonly OwnStep[]): Promise<boolean> {
    try {
      for (const step of steps) {
        if (this.#isOvertaken(feed, to, muted)) return false;
        await feed.take(step, to, muted);
      }
    } catch (error) {
      feed.stale = true;
      this.#failed(feed, error);
      return false;
    }
    return !this.#isOvertaken(feed, to, muted);
  }

  /**
   * Whether the stage has moved on: the rest is left to the pass that follows, which starts from a
   * feed between two tiers even where it goes back to the one that the feed came from.
   */
  #isOvertaken(feed: Feed, to: FeedTier, muted: boolean): boolean {
    const isOvertaken = this.#tierOf(feed) !== to || this.#isMuted(feed) !== muted;
    if (isOvertaken) feed.stale = true;
    return isOvertaken;
  }

  async #try(feed: Feed, call: Promise<void>): Promise<void> {
    try {
      await call;
    } catch (error) {
      this.#failed(feed, error);
    }
  }

  #failed({ id }: Feed, error: unknown): void {
    if (!this.#closed) this.#hooks.onFailure(id, error);
  }
}
