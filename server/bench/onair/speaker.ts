import dgram from 'node:dgram';
import type { MediaNotifications, TransportParameters } from '@nhip-cau/shared/protocol/media';
import { LightClient } from '../../load/light-client.ts';
import { FeedSender } from '../../load/media/feed-sender.ts';
import type { Packets } from '../../load/media/packets.ts';
import { isRtcp } from '../../load/media/rtp.ts';
import type { SeededSession } from '../../load/seed.ts';

const tickMs = 5;

/** Sends the recording as plain RTP to a port that it is told later. */
export class Camera {
  readonly sender: FeedSender;
  readonly #socket = dgram.createSocket('udp4');
  #timer: NodeJS.Timeout | undefined;
  #port = 0;

  constructor(packets: Packets, ssrc: number) {
    // The templates are written anew for each packet: what is sent must be a copy.
    this.sender = new FeedSender(packets, ssrc, (packet) =>
      this.#socket.send(Buffer.from(packet), this.#port, '127.0.0.1'),
    );
    this.#socket.on('message', (packet) => {
      if (isRtcp(packet)) this.sender.handleRtcp(packet);
    });
  }

  start(port: number): void {
    this.#port = port;
    this.#timer = setInterval(() => this.sender.tick(performance.now()), tickMs);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }
}

/** A hall's computer that publishes the recording, and does what the server says of its feed. */
export async function openSpeaker(
  place: { url: string; dialogueId: string; localAddress: string },
  session: SeededSession,
  camera: Camera,
): Promise<LightClient> {
  const client = await LightClient.connect({ ...place, ...session });
  const { sender } = camera;
  const ask = async <T>(name: string, payload: object): Promise<T> => {
    const answer = await client.request<T & { ok: boolean }>(name, payload);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  };
  client.onEvent = (name, payload) => {
    if (name !== 'media:feed') return;
    const { maxSpatialLayer, microphone } = payload as MediaNotifications['media:feed'];
    sender.maxLayer = maxSpatialLayer;
    sender.microphone = microphone === 'open';
  };
  await ask('media:join', {});
  const { iceCandidates, id: transportId } = await ask<TransportParameters>(
    'media:createTransport',
    { direction: 'send' },
  );
  const sources = [
    { source: 'microphone', rtpParameters: sender.microphoneParameters() },
    { source: 'camera', rtpParameters: sender.cameraParameters() },
  ];
  for (const one of sources) await ask('media:produce', { transportId, appData: {}, ...one });
  camera.start(iceCandidates[0]!.port);
  return client;
}
