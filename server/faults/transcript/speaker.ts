import { setTimeout as delay } from 'node:timers/promises';
import type {
  MediaNotifications,
  MediaRequestInput,
  MediaRequestName,
  MediaResponses,
} from '@nhip-cau/shared/protocol/media';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import { LightClient, type LightClientOptions } from '../../load/light-client.ts';
import { pace } from '../../load/media/pacer.ts';
import { rtpHeadBytes, writeRtpHead } from '../../load/media/rtp.ts';
import { RtpLeg } from '../../load/media/rtp-leg.ts';
import { BurstVoice, frameMs, framesPerBurst, frameTicks } from './burst-voice.ts';

/** What a speaker knows of a burst; times in epoch ms. */
export interface SpokenBurst {
  hall: number;
  number: number;
  bridgePointId: string;
  /** When its first sounding packet was due, and when its last one had been sound to its end. */
  startedAt: number;
  endedAt: number;
  /** How many of its sounding packets left, over a path that stood, of how many. */
  left: number;
  of: number;
  /** Since when the path of the first of them had stood and its microphone been open. */
  openSince: number;
  /** Whether all of them took the same path. */
  isOnePath: boolean;
}

const opus = { payloadType: 100, clockRate: 48_000 };
const ssrc = 1_000;
const againMs = 300;
const timeoutMs = 5_000;
/** What a process that was held up makes up for; the rest of what it missed is never sent. */
const mostAtOnce = 10;
const delivery = Buffer.from('42["delivery"');
const signal = Buffer.from('42["signal"');

export type SpeakerOptions = LightClientOptions & {
  bridgePointId: string;
  /** Its number in the bursts. */
  hall: number;
};

/**
 * A hall that speaks numbered bursts from its start on, whether anybody hears them or not, over real
 * ICE, DTLS and SRTP while it is told that its microphone is open, and comes back when it is lost.
 */
export class Speaker {
  readonly #options: SpeakerOptions;
  readonly #voice: BurstVoice;
  readonly #closing = new AbortController();
  readonly #bursts = new Map<number, SpokenBurst & { path: number }>();
  #leg: RtpLeg | null = null;
  #legs = 0;
  #isConnected = false;
  #isOpen = false;
  #openSince = Infinity;
  #path = 0;
  #frame = 0;
  #sequence = 0;
  #beganAt = 0;
  #stop: (() => void) | null = null;
  #life: Promise<void> | null = null;

  constructor(options: SpeakerOptions) {
    this.#options = options;
    this.#voice = new BurstVoice(options.hall);
  }

  start(): void {
    this.#beganAt = performance.now();
    this.#stop = pace((now) => this.#tick(now));
    this.#life = this.#live();
  }

  /** Those that have ended. */
  get bursts(): SpokenBurst[] {
    return [...this.#bursts.values()].filter(({ endedAt }) => endedAt < Date.now());
  }

  /** Whether it is being sent what it says. */
  get isOnAir(): boolean {
    return this.#isConnected && this.#isOpen;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#stop?.();
    await this.#life;
    this.#voice.close();
  }

  async #live(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#stay(await LightClient.connect({ ...this.#options, timeoutMs }));
      } catch {
        // The server is down, or went down meanwhile.
      }
      await delay(againMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Publishes its microphone; resolves when the socket or the room is gone. */
  async #stay(client: LightClient): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      client.onClose = resolve;
      this.#closing.signal.addEventListener('abort', () => resolve(), { once: true });
      client.onEvent = (name, payload) => {
        if (name === 'media:reset') resolve();
        if (name === 'media:feed') this.#handleFeed(payload as MediaNotifications['media:feed']);
      };
    });
    client.onFrame = (frame) => startsWith(frame, delivery) || startsWith(frame, signal);
    try {
      await Promise.race([this.#publish(client), gone]);
      await gone;
    } finally {
      this.#leg?.close();
      this.#leg = null;
      this.#set({ isConnected: false, isOpen: false });
      client.destroy();
    }
  }

  async #publish(client: LightClient): Promise<void> {
    await ask(client, 'media:join', {});
    const parameters = await ask(client, 'media:createTransport', { direction: 'send' });
    const number = ++this.#legs;
    const leg = await RtpLeg.open({
      parameters,
      onPacket: () => {},
      // One that was given up may speak long after.
      onState: (state) => {
        if (number === this.#legs) this.#set({ isConnected: state === 'connected' });
      },
    });
    if (!client.isOpen) return leg.close();
    this.#leg = leg;
    const { transportId, dtlsParameters } = leg;
    await ask(client, 'media:connectTransport', { transportId, dtlsParameters });
    await ask(client, 'media:produce', {
      transportId,
      source: 'microphone',
      rtpParameters: {
        codecs: [{ mimeType: 'audio/opus', ...opus, channels: 2 }],
        headerExtensions: [],
        encodings: [{ ssrc }],
        rtcp: { cname: 'faults', reducedSize: true },
      },
      appData: {},
    } as MediaRequestInput<'media:produce'>);
    leg.connect();
  }

  #handleFeed({ microphone }: MediaNotifications['media:feed']): void {
    this.#set({ isOpen: microphone === 'open' });
  }

  #set({ isConnected = this.#isConnected, isOpen = this.#isOpen }): void {
    const was = this.isOnAir;
    this.#isConnected = isConnected;
    this.#isOpen = isOpen;
    if (this.isOnAir === was) return;
    this.#path += 1;
    this.#openSince = this.isOnAir ? Date.now() : Infinity;
  }

  #tick(now: number): void {
    const due = Math.floor((now - this.#beganAt) / frameMs);
    const offset = Date.now() - now;
    this.#frame = Math.max(this.#frame, due - mostAtOnce);
    for (; this.#frame < due; this.#frame += 1) {
      const payload = this.#voice.packet(this.#frame);
      const hasLeft = this.isOnAir;
      if (hasLeft) this.#send(payload);
      this.#note(offset, hasLeft);
    }
  }

  #send(payload: Buffer): void {
    const packet = Buffer.alloc(rtpHeadBytes + payload.length);
    const timestamp = this.#frame * frameTicks;
    const { payloadType } = opus;
    writeRtpHead(packet, {
      payloadType,
      marker: false,
      sequence: ++this.#sequence,
      timestamp,
      ssrc,
    });
    payload.copy(packet, rtpHeadBytes);
    this.#leg?.send(packet);
  }

  #note(offset: number, hasLeft: boolean): void {
    const number = this.#voice.numberAt(this.#frame);
    const { from, to } = this.#voice.framesOf(number);
    const frame = this.#frame;
    if (frame < from || frame >= to) return;
    const epochOf = (at: number) => this.#beganAt + at * frameMs + offset;
    const { hall, bridgePointId } = this.#options;
    const burst = this.#bursts.get(number) ?? {
      hall,
      number,
      bridgePointId,
      startedAt: epochOf(from),
      endedAt: epochOf(to),
      left: 0,
      of: to - from,
      openSince: this.#openSince,
      isOnePath: true,
      path: this.#path,
    };
    this.#bursts.set(number, burst);
    if (hasLeft) burst.left += 1;
    if (burst.path !== this.#path) burst.isOnePath = false;
  }
}

/** How long a hall takes to speak so many bursts, in ms. */
export const spokenMs = (bursts: number): number => bursts * framesPerBurst * frameMs;

async function ask<N extends MediaRequestName>(
  client: LightClient,
  name: N,
  payload: MediaRequestInput<N>,
): Promise<MediaResponses[N]> {
  type Answer = ({ ok: true } & MediaResponses[N]) | { ok: false; error: ProtocolError };
  const answer = await client.request<Answer>(name, payload);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
  return answer;
}

function startsWith(frame: Buffer, head: Buffer): boolean {
  return frame.compare(head, 0, head.length, 0, head.length) === 0;
}
