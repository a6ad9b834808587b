import dgram from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { MediaNotifications, TransportParameters } from '@nhip-cau/shared/protocol/media';
import { LightClient } from '../../load/light-client.ts';
import type { SeededSession } from '../../load/seed.ts';
import { sharedNow } from '../support/clock.ts';
import { FirstFrame, type PayloadReader } from './first-frame.ts';
import { portAsFingerprint } from './plain.ts';
import { srtpReader } from './srtp.ts';

export interface ReceiverPlace {
  url: string;
  dialogueId: string;
  localAddress: string;
}

interface Camera {
  readonly ssrc: number;
  readonly bridgePointId: string;
  readonly frame: FirstFrame;
}

/** A hall's screen: its socket as a page has it, and a UDP port for what it is sent. */
export class Receiver {
  readonly #client: LightClient;
  readonly #socket: dgram.Socket;
  readonly #cameras = new Map<string, Camera>();
  readonly #bySsrc = new Map<number, Camera>();
  /** Messages of the media since the last `expect`. */
  messages = 0;
  #readPayload: PayloadReader = () => Buffer.alloc(0);
  #expected: { bridgePointId: string; at: number | null } | null = null;

  private constructor(client: LightClient, socket: dgram.Socket) {
    this.#client = client;
    this.#socket = socket;
    client.onEvent = (name, payload) => this.#handleEvent(name, payload);
    socket.on('message', (packet) => this.#handlePacket(packet));
  }

  static async open(place: ReceiverPlace, session: SeededSession): Promise<Receiver> {
    const client = await LightClient.connect({ ...place, ...session, page: 'screen' });
    const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const receiver = new Receiver(client, socket);
    await receiver.#join();
    return receiver;
  }

  /** Whether this hall's camera is here, to flow once it is on air. */
  has(bridgePointId: string): boolean {
    return [...this.#cameras.values()].some((camera) => camera.bridgePointId === bridgePointId);
  }

  /** From now on this hall's first whole frame and all messages of the media count. */
  expect(bridgePointId: string): void {
    this.messages = 0;
    this.#expected = { bridgePointId, at: null };
    for (const camera of this.#cameras.values()) {
      if (camera.bridgePointId === bridgePointId) camera.frame.wait();
    }
  }

  /** When the expected frame was whole, on the clock that all processes share. */
  get seenAt(): number | null {
    return this.#expected?.at ?? null;
  }

  async #join(): Promise<void> {
    const { routerRtpCapabilities } = await this.#ask<{
      routerRtpCapabilities: { codecs: { mimeType: string }[] };
    }>('media:join', {});
    const direction = 'recv';
    const { iceParameters, id: transportId } = await this.#ask<TransportParameters>(
      'media:createTransport',
      { direction },
    );
    this.#readPayload = srtpReader(iceParameters.password);
    const { port } = this.#socket.address() as AddressInfo;
    await this.#ask('media:connectTransport', {
      transportId,
      dtlsParameters: portAsFingerprint(port),
    });
    // Nothing is lost here, so that nothing is kept to be sent again.
    const codecs = routerRtpCapabilities.codecs
      .filter(({ mimeType }) => !mimeType.endsWith('/rtx'))
      .map((codec) => ({ ...codec, rtcpFeedback: [] }));
    await this.#ask('media:setReceiver', {
      rtpCapabilities: { codecs, headerExtensions: [] },
      wantsVideo: true,
      wantsAudio: true,
      maxFeeds: 2,
      maxHeight: 180,
    });
  }

  async #ask<T>(name: string, payload: object): Promise<T> {
    const answer = await this.#client.request<T & { ok: boolean }>(name, payload);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  }

  #handleEvent(name: string, payload: unknown): void {
    if (!name.startsWith('media:')) return;
    this.messages += 1;
    if (name === 'media:consumer') this.#take(payload as MediaNotifications['media:consumer']);
    if (name === 'media:consumerState') {
      this.#drop((payload as MediaNotifications['media:consumerState']).closed ?? []);
    }
    if (name === 'media:consumerClosed') {
      this.#drop((payload as MediaNotifications['media:consumerClosed']).consumerIds);
    }
  }

  #take(offer: MediaNotifications['media:consumer']): void {
    const { bridgePointId, consumerId, rtpParameters, source } = offer;
    if (source === 'camera') {
      const { ssrc } = rtpParameters.encodings![0]!;
      const camera = { ssrc: ssrc!, bridgePointId, frame: new FirstFrame(this.#readPayload) };
      this.#cameras.set(consumerId, camera);
      this.#bySsrc.set(ssrc!, camera);
    }
    void this.#ask('media:resumeConsumer', { consumerId });
  }

  #drop(consumerIds: readonly string[]): void {
    for (const consumerId of consumerIds) {
      const camera = this.#cameras.get(consumerId);
      if (camera) this.#bySsrc.delete(camera.ssrc);
      this.#cameras.delete(consumerId);
    }
  }

  #handlePacket(packet: Buffer): void {
    if (packet.length < 12) return;
    const camera = this.#bySsrc.get(packet.readUInt32BE(8));
    if (!camera?.frame.handlePacket(packet)) return;
    const expected = this.#expected;
    if (expected?.bridgePointId === camera.bridgePointId) expected.at ??= sharedNow();
  }

  close(): void {
    this.#socket.close();
    this.#client.destroy();
  }
}
