import dgram from 'node:dgram';
import type { MediaNotifications, TransportParameters } from '@nhip-cau/shared/protocol/media';
import { LightClient } from '../../load/light-client.ts';
import { FeedSender } from '../../load/media/feed-sender.ts';
import type { Packets } from '../../load/media/packets.ts';
import { isRtcp } from '../../load/media/rtp.ts';
import type { SeededSession } from '../../load/seed.ts';

const tickMs = 5;

/** A hall's computer that publishes the recording, and does what the server says of its feed. */
export class Speaker {
  readonly #client: LightClient;
  readonly #close: () => void;

  private constructor(client: LightClient, close: () => void) {
    this.#client = client;
    this.#close = close;
  }

  static async open(
    place: { url: string; dialogueId: string; localAddress: string },
    session: SeededSession,
    packets: Packets,
    ssrc: number,
  ): Promise<Speaker> {
    const client = await LightClient.connect({ ...place, ...session });
    const ask = async <T>(name: string, payload: object): Promise<T> => {
      const answer = await client.request<T & { ok: boolean }>(name, payload);
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
      return answer;
    };
    const socket = dgram.createSocket('udp4');
    await ask('media:join', {});
    const direction = 'send';
    const { id: transportId, iceCandidates } = await ask<TransportParameters>(
      'media:createTransport',
      { direction },
    );
    const { port } = iceCandidates[0]!;
    // The templates are written anew for each packet: what is sent must be a copy.
    const sender = new FeedSender(packets, ssrc, (packet) =>
      socket.send(Buffer.from(packet), port, '127.0.0.1'),
    );
    socket.on('message', (packet) => {
      if (isRtcp(packet)) sender.handleRtcp(packet);
    });
    client.onEvent = (name, payload) => {
      if (name !== 'media:feed') return;
      const { maxSpatialLayer, microphone } = payload as MediaNotifications['media:feed'];
      sender.maxLayer = maxSpatialLayer;
      sender.microphone = microphone === 'open';
    };
    const appData = {};
    const microphone = { source: 'microphone', rtpParameters: sender.microphoneParameters() };
    const camera = { source: 'camera', rtpParameters: sender.cameraParameters() };
    await ask('media:produce', { transportId, appData, ...microphone });
    await ask('media:produce', { transportId, appData, ...camera });
    const timer = setInterval(() => sender.tick(performance.now()), tickMs);
    return new Speaker(client, () => {
      clearInterval(timer);
      socket.close();
    });
  }

  get client(): LightClient {
    return this.#client;
  }

  close(): void {
    this.#close();
    this.#client.destroy();
  }
}
