import type { MediaNotifications, TransportParameters } from '@nhip-cau/shared/protocol/media';
import { LightClient } from '../../load/light-client.ts';
import type { SeededSession } from '../../load/seed.ts';
import { CameraPort } from './camera-port.ts';
import { portAsFingerprint } from './plain.ts';

export interface ReceiverPlace {
  url: string;
  dialogueId: string;
  localAddress: string;
}

/** A hall's screen: its socket as a page has it, and a UDP port for what it is sent. */
export class Receiver {
  readonly cameras: CameraPort;
  /** Messages of the media since the last `expect`. */
  messages = 0;
  readonly #client: LightClient;
  readonly #ssrcs = new Map<string, number>();
  #keyBase64 = '';

  private constructor(client: LightClient, cameras: CameraPort) {
    this.#client = client;
    this.cameras = cameras;
    client.onEvent = (name, payload) => this.#handleEvent(name, payload);
  }

  static async open(place: ReceiverPlace, session: SeededSession): Promise<Receiver> {
    const client = await LightClient.connect({ ...place, ...session, page: 'screen' });
    const receiver = new Receiver(client, await CameraPort.open());
    await receiver.#join();
    return receiver;
  }

  /** From now on this hall's first whole frame and all messages of the media count. */
  expect(bridgePointId: string): void {
    this.messages = 0;
    this.cameras.expect(bridgePointId);
  }

  async #join(): Promise<void> {
    const { routerRtpCapabilities } = await this.#ask<{
      routerRtpCapabilities: { codecs: { mimeType: string }[] };
    }>('media:join', {});
    const { iceParameters, id: transportId } = await this.#ask<TransportParameters>(
      'media:createTransport',
      { direction: 'recv' },
    );
    this.#keyBase64 = iceParameters.password;
    await this.#ask('media:connectTransport', {
      transportId,
      dtlsParameters: portAsFingerprint(this.cameras.port),
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
      const ssrc = rtpParameters.encodings![0]!.ssrc!;
      this.#ssrcs.set(consumerId, ssrc);
      this.cameras.add(ssrc, bridgePointId, this.#keyBase64);
    }
    void this.#ask('media:resumeConsumer', { consumerId });
  }

  #drop(consumerIds: readonly string[]): void {
    for (const consumerId of consumerIds) {
      const ssrc = this.#ssrcs.get(consumerId);
      if (ssrc !== undefined) this.cameras.delete(ssrc);
      this.#ssrcs.delete(consumerId);
    }
  }
}
