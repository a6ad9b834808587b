import { setTimeout as delay } from 'node:timers/promises';
import type {
  FeedTier,
  MediaNotificationName,
  MediaNotifications,
} from '@nhip-cau/shared/protocol/media';
import { defaultRetryDelay } from '../../../client/src/core/retry-delay.ts';
import { LightClient, type LightClientOptions } from '../light-client.ts';
import { MediaRefused, MediaSession, type SessionOptions } from './media-session.ts';
import { addFigures, noFigures, type ReceptionFigures } from './reception.ts';
import { type Spell, Spells } from './spells.ts';

export type BridgePointOptions = SessionOptions &
  LightClientOptions & { readonly bridgePointId: string };

export interface BridgePointFigures {
  readonly bridgePointId: string;
  readonly isJoined: boolean;
  /** How often it came in, the first time included. */
  readonly joins: number;
  readonly tier: FeedTier;
  readonly microphone: 'open' | 'closed';
  /** From the beginning of the connecting until the first picture of the stage, in ms. */
  readonly firstPictureMs: number | null;
  /** From the beginning of the connecting until everything was offered and asked for, in ms. */
  readonly joinedMs: number | null;
  /** Packets of its microphone that left it. */
  readonly soundSent: number;
  /** Of pictures, over all joins. */
  readonly pictures: ReceptionFigures;
  readonly sounds: ReceptionFigures;
  /** When whole pictures came, and sound, by the hall that they are of. */
  readonly pictureSpells: Spell[];
  readonly soundSpells: Spell[];
  /** Why it had to join again, newest last. */
  readonly troubles: string[];
}

const delivery = Buffer.from('42["delivery"');
const signal = Buffer.from('42["signal"');
/** Refusals that asking again does not change. */
const final = ['wrong_state', 'not_allowed'];
const troublesKept = 20;
const noTotals = { pictures: noFigures(), sounds: noFigures() };

/**
 * A hall without people: joins by the public protocol, publishes a recorded camera and microphone
 * over real ICE, DTLS and SRTP, receives the stage, and comes back whenever it is lost.
 */
export class SyntheticBridgePoint {
  readonly bridgePointId: string;
  readonly #options: BridgePointOptions;
  #pictures = noFigures();
  #sounds = noFigures();
  readonly #pictureSpells = new Spells();
  readonly #soundSpells = new Spells();
  readonly #troubles: string[] = [];
  readonly #closing = new AbortController();
  #session: MediaSession | null = null;
  #client: LightClient | null = null;
  #tier: FeedTier = 'standby';
  #microphone: 'open' | 'closed' = 'closed';
  #joins = 0;
  #soundSent = 0;
  #isJoined = false;
  #beganAt: number | null = null;
  #joinedMs: number | null = null;
  #firstPictureMs: number | null = null;
  #life: Promise<void> | null = null;

  constructor(options: BridgePointOptions) {
    this.bridgePointId = options.bridgePointId;
    this.#options = options;
  }

  /** Connects, and stays until `close`. */
  start(): void {
    this.#beganAt = performance.now();
    this.#life ??= this.#live();
  }

  figures(): BridgePointFigures {
    const { pictures, sounds } = this.#session?.totals() ?? noTotals;
    return {
      bridgePointId: this.bridgePointId,
      isJoined: this.#isJoined,
      joins: this.#joins,
      tier: this.#tier,
      microphone: this.#microphone,
      firstPictureMs: this.#firstPictureMs,
      joinedMs: this.#joinedMs,
      soundSent: this.#soundSent + (this.#session?.soundSent ?? 0),
      pictures: addFigures(this.#pictures, pictures),
      sounds: addFigures(this.#sounds, sounds),
      pictureSpells: this.#pictureSpells.all(),
      soundSpells: this.#soundSpells.all(),
      troubles: [...this.#troubles],
    };
  }

  /** Forgets when pictures and sound came. */
  forget(): void {
    this.#pictureSpells.clear();
    this.#soundSpells.clear();
  }

  /** Leaves. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#endSession();
    this.#client?.close();
    await this.#life;
  }

  async #live(): Promise<void> {
    const { signal } = this.#closing;
    for (let retry = 0; !signal.aborted; retry += 1) {
      try {
        const client = await LightClient.connect(this.#options);
        if (signal.aborted) return client.close();
        retry = 0;
        await this.#stay(client);
      } catch (error) {
        this.#note(error);
        if (error instanceof MediaRefused && final.includes(error.code)) return;
      }
      await this.#pause(retry);
    }
  }

  /** Over one socket: joins as often as it takes; resolves when the socket is gone. */
  async #stay(client: LightClient): Promise<void> {
    this.#client = client;
    const gone = new Promise<'gone'>((resolve) => (client.onClose = () => resolve('gone')));
    // Boards are read by others: of halls there are many.
    client.onFrame = (frame) => startsWith(frame, delivery) || startsWith(frame, signal);
    try {
      for (let retry = 0; client.isOpen && !this.#closing.signal.aborted; retry += 1) {
        const broken = Promise.withResolvers<'broken'>();
        client.onEvent = (name, payload) => {
          if (name === 'media:reset') {
            this.#note('reset');
            broken.resolve('broken');
          } else this.#handle(name, payload);
        };
        const session = new MediaSession(client, this.#options, {
          onFrame: (_, bridgePointId) => this.#handleFrame(bridgePointId),
          onSound: (_, bridgePointId) => this.#soundSpells.add(bridgePointId),
          onBroken: (why) => {
            this.#note(why);
            broken.resolve('broken');
          },
        });
        this.#session = session;
        try {
          await session.open();
          this.#isJoined = true;
          this.#joins += 1;
          this.#joinedMs ??= performance.now() - this.#beganAt!;
          if ((await Promise.race([broken.promise, gone])) === 'gone') return;
          retry = 0;
        } catch (error) {
          if (error instanceof MediaRefused && final.includes(error.code)) throw error;
          this.#note(error);
        }
        this.#endSession();
        await Promise.race([this.#pause(retry), gone]);
      }
    } finally {
      this.#endSession();
      client.destroy();
    }
  }

  #handle(name: string, payload: unknown): void {
    if (!name.startsWith('media:')) return;
    if (name === 'media:feed') {
      const feed = payload as MediaNotifications['media:feed'];
      this.#tier = feed.tier;
      this.#microphone = feed.microphone;
    }
    this.#session?.handle(name as MediaNotificationName, payload as never);
  }

  #handleFrame(bridgePointId: string): void {
    this.#firstPictureMs ??= performance.now() - this.#beganAt!;
    this.#pictureSpells.add(bridgePointId);
  }

  #endSession(): void {
    if (!this.#session) return;
    const { pictures, sounds } = this.#session.totals();
    this.#pictures = addFigures(this.#pictures, pictures);
    this.#sounds = addFigures(this.#sounds, sounds);
    this.#soundSent += this.#session.soundSent;
    this.#session.close();
    this.#session = null;
    this.#isJoined = false;
    this.#tier = 'standby';
    this.#microphone = 'closed';
  }

  #note(trouble: unknown): void {
    if (this.#closing.signal.aborted) return;
    this.#troubles.push(trouble instanceof Error ? trouble.message : String(trouble));
    if (this.#troubles.length > troublesKept) this.#troubles.shift();
  }

  async #pause(retry: number): Promise<void> {
    const { signal } = this.#closing;
    await delay(defaultRetryDelay(retry), undefined, { signal }).catch(() => {});
  }
}

function startsWith(frame: Buffer, head: Buffer): boolean {
  return frame.compare(head, 0, head.length, 0, head.length) === 0;
}
