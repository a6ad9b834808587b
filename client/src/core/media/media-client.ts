import { Device } from 'mediasoup-client';
import type { types } from 'mediasoup-client';
import type { MediaRequest, MediaSource, Rung, SourceGroup } from '@nhip-cau/shared/protocol/media';
import { Emitter } from '../emitter.ts';
import { LineMeter } from './line-meter.ts';
import { watchNetwork } from './network.ts';
import { Publisher } from './publisher.ts';
import { Receiver } from './receiver.ts';
import { defaultRetryDelay } from '../retry-delay.ts';
import type { Signaller } from './signaller.ts';
import { watchTransport } from './transport-watch.ts';
import type { TransportWatch } from './transport-watch.ts';

export interface ReceiveOptions {
  readonly wantsVideo: boolean;
  readonly wantsAudio: boolean;
  /** Most feeds whose picture is shown at once. */
  readonly maxFeeds: number;
  /** How much of the stage is received at most; absent: what the line carries. */
  readonly rung?: Rung;
  /** Height of the largest picture shown, in pixels; absent: any. */
  readonly maxHeight?: number;
  /** Bridge points whose picture is wanted small, on the stage or not. */
  readonly watches?: readonly string[];
}

export interface MediaClientOptions {
  readonly signaller: Signaller;
  /** Whether this page publishes its bridge point's feed. */
  readonly publishes: boolean;
  /** What this page receives of the stage; null for nothing. */
  readonly receives: ReceiveOptions | null;
  /** Replaces the timing of retries, in ms. */
  readonly retryDelayMs?: (attempt: number) => number;
}

/** `replaced`: another computer publishes for this bridge point; receiving goes on. */
export type MediaClientState = 'idle' | 'joining' | 'joined' | 'recovering' | 'replaced' | 'closed';

export interface MediaClientEvents {
  state: MediaClientState;
  /** The line carries more or less than before. */
  rung: Rung;
  /** An attempt to join failed; the next one is on its way unless the state is `idle` now. */
  failed: unknown;
}

/**
 * A page's media: joins the dialogue's room, publishes and receives, and comes back by itself. A
 * broken path gets an ICE restart; where that does not help, or the room is lost, all is made anew.
 */
export class MediaClient extends Emitter<MediaClientEvents> {
  readonly publisher: Publisher;
  readonly receiver: Receiver;
  readonly #options: MediaClientOptions;
  readonly #subscriptions: (() => void)[];
  #receives: ReceiveOptions | null;
  #device: Device | undefined;
  readonly #meter: LineMeter;
  #transports: types.Transport[] = [];
  #watches: TransportWatch[] = [];
  #state: MediaClientState = 'idle';
  #replaced = false;
  /** Ends what an earlier join began, its waits included. */
  #current = new AbortController();

  constructor(options: MediaClientOptions) {
    super();
    const { signaller } = options;
    this.#options = options;
    this.#receives = options.receives;
    this.publisher = new Publisher(signaller);
    this.receiver = new Receiver(signaller);
    this.#meter = new LineMeter((rung) => this.#handleRung(rung));
    this.#subscriptions = [
      watchNetwork(() => {
        for (const watch of this.#watches) watch.handleNetworkChange();
      }),
      signaller.on('media:feed', (feed) => void this.publisher.handleFeed(feed)),
      signaller.on('media:consumer', (offer) => void this.receiver.handleConsumer(offer)),
      signaller.on('media:consumerState', (state) => this.receiver.handleConsumerState(state)),
      signaller.on('media:consumerClosed', (gone) => this.receiver.handleConsumerClosed(gone)),
      signaller.on('media:replaced', ({ group }) => this.#handleReplaced(group)),
      signaller.on('media:reset', () => this.#recover(true)),
    ];
  }

  get state(): MediaClientState {
    return this.#state;
  }

  /** How much of the stage the line carries. */
  get rung(): Rung {
    return this.#receives?.rung ?? this.#meter.rung;
  }

  /** Joins, as often as it takes; resolves after the first attempt. */
  async start(): Promise<void> {
    this.#set('joining');
    await this.#connect(false);
  }

  /** The connection to the server is a new one: whatever stood before is made anew. */
  rejoin(): void {
    if (this.#state !== 'idle' && this.#state !== 'closed') this.#recover(false);
  }

  /** Publishes from here again after another computer had taken over: the user's own wish only. */
  takeOver(): void {
    this.#replaced = false;
    this.publisher.takeBack();
    this.rejoin();
  }

  /** Changes what is received. */
  async setReceives(receives: ReceiveOptions): Promise<void> {
    const first = this.#receives === null;
    this.#receives = receives;
    if (first) this.rejoin();
    else if (this.#device) await this.#declareReceiver(this.#device, receives);
  }

  /**
   * Sends a screen or a private line from now on, beside what this page publishes; null ends it.
   * A page that sent nothing before opens its way for it.
   */
  async send(
    source: Exclude<MediaSource, 'camera' | 'microphone'>,
    track: MediaStreamTrack | null,
  ): Promise<void> {
    await this.publisher.setSource(source, track);
    if (track && !this.publisher.attached) this.rejoin();
  }

  /** Leaves for good: receivers, publishers, transports, then the server is told. Idempotent. */
  close(): void {
    if (this.#state === 'closed') return;
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#tearDown();
    this.#set('closed');
    // The server closes everything with the socket too; nobody waits for this answer.
    this.#options.signaller.request('media:leave', {}).catch(() => {});
  }

  #handleRung(rung: Rung): void {
    if (!this.#device || !this.#receives || this.#receives.rung) return;
    this.emit('rung', rung);
    // A refusal is repaired by the next join, which declares the newest rung.
    this.#declareReceiver(this.#device, this.#receives).catch(() => {});
  }

  #recover(afterPause: boolean): void {
    this.#set('recovering');
    void this.#connect(afterPause);
  }

  #handleReplaced(group: SourceGroup): void {
    this.publisher.handleReplaced(group);
    if (group !== 'device') return;
    this.#replaced = true;
    if (this.#state === 'joined') this.#set('replaced');
  }

  async #connect(afterPause: boolean): Promise<void> {
    this.#tearDown();
    this.#current = new AbortController();
    const { signal } = this.#current;
    const attempt = async (retry: number): Promise<void> => {
      try {
        await this.#join(signal);
        if (!signal.aborted) this.#set(this.#replaced ? 'replaced' : 'joined');
      } catch (error) {
        if (signal.aborted) return;
        this.#closeTransports();
        this.#set(isFinal(error) ? 'idle' : 'recovering');
        this.emit('failed', error);
        if (!isFinal(error)) this.#after(retry, signal, () => void attempt(retry + 1));
      }
    };
    if (afterPause) this.#after(0, signal, () => void attempt(1));
    else await attempt(0);
  }

  #after(retry: number, signal: AbortSignal, next: () => void): void {
    const delayMs = (this.#options.retryDelayMs ?? defaultRetryDelay)(retry);
    const timer = setTimeout(next, delayMs);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  async #join(signal: AbortSignal): Promise<void> {
    const { signaller, publishes } = this.#options;
    const { routerRtpCapabilities } = await signaller.request('media:join', {});
    signal.throwIfAborted();
    const device = new Device();
    await device.load({ routerRtpCapabilities: routerRtpCapabilities as types.RtpCapabilities });
    signal.throwIfAborted();
    this.#device = device;
    if (this.#receives) {
      this.receiver.attach(await this.#openTransport(device, 'recv', signal));
      await this.#declareReceiver(device, this.#receives);
      signal.throwIfAborted();
    }
    if ((publishes && !this.#replaced) || this.publisher.wantsTransport) {
      await this.publisher.attach(await this.#openTransport(device, 'send', signal));
      signal.throwIfAborted();
    }
  }

  async #declareReceiver(device: Device, receives: ReceiveOptions): Promise<void> {
    const rtpCapabilities =
      device.recvRtpCapabilities as MediaRequest<'media:setReceiver'>['rtpCapabilities'];
    const watches = [...(receives.watches ?? [])];
    const request = { rtpCapabilities, ...receives, rung: this.rung, watches };
    await this.#options.signaller.request('media:setReceiver', request);
  }

  async #openTransport(
    device: Device,
    direction: 'send' | 'recv',
    signal: AbortSignal,
  ): Promise<types.Transport> {
    const { signaller } = this.#options;
    const parameters = await signaller.request('media:createTransport', { direction });
    signal.throwIfAborted();
    const transport =
      direction === 'send'
        ? device.createSendTransport(parameters)
        : device.createRecvTransport(parameters);
    const transportId = transport.id;
    this.#transports.push(transport);

    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      const request = { transportId, dtlsParameters } as MediaRequest<'media:connectTransport'>;
      signaller.request('media:connectTransport', request).then(() => done(), failed);
    });
    transport.on('produce', ({ rtpParameters, appData }, done, failed) => {
      const request = {
        transportId,
        source: appData['source'],
        rtpParameters,
        appData: {},
      } as MediaRequest<'media:produce'>;
      signaller
        .request('media:produce', request)
        .then(({ producerId }) => done({ id: producerId }), failed);
    });
    const watch = watchTransport({
      restartIce: async () => {
        const { iceParameters } = await signaller.request('media:restartIce', { transportId });
        await transport.restartIce({ iceParameters });
      },
      giveUp: () => this.#recover(true),
    });
    this.#watches.push(watch);
    const party = direction === 'send' ? this.publisher : this.receiver;
    this.#meter.add({ transport, watch, flows: () => party.flows });
    transport.on('connectionstatechange', (state) => watch.handleState(state));
    return transport;
  }

  #tearDown(): void {
    this.#current.abort(new Error('superseded by a newer join'));
    this.#closeTransports();
  }

  #closeTransports(): void {
    this.#meter.clear();
    for (const watch of this.#watches.splice(0)) watch.close();
    this.publisher.detach();
    this.receiver.detach();
    for (const transport of this.#transports.splice(0)) transport.close();
    this.#device = undefined;
  }

  #set(state: MediaClientState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.emit('state', state);
  }
}

/** Whether the dialogue has ended or has nothing for this page: asking again changes nothing. */
function isFinal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'wrong_state' || code === 'not_allowed';
}
