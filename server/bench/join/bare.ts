/**
 * The bare peer: mediasoup and a WebSocket, and nothing between. It answers the requests that a
 * bridge point makes and offers each the one camera that is on; no rights, no schemas, no stage, no
 * log. It says its address first, then what it uses.
 */
import type { AddressInfo } from 'node:net';
import { createWorker, type types } from 'mediasoup';
import { type WebSocket, WebSocketServer } from 'ws';

const worker = await createWorker({
  logLevel: 'warn',
  ...(process.env['MEDIASOUP_WORKER_BIN']
    ? { workerBin: process.env['MEDIASOUP_WORKER_BIN'] }
    : {}),
});
const webRtcServer = await worker.createWebRtcServer({
  // As the product has it.
  listenInfos: [{ protocol: 'udp', ip: '127.0.0.1', recvBufferSize: 4 << 20 }],
});
const router = await worker.createRouter({
  mediaCodecs: [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  ],
});
let onAir: types.Producer | null = null;

/** A request's payload: whatever the bridge point sends is taken as it comes. */
interface Payload {
  direction: 'send' | 'recv';
  transportId: string;
  consumerId: string;
  source: 'camera' | 'microphone';
  dtlsParameters: types.DtlsParameters;
  rtpParameters: types.RtpParameters;
  rtpCapabilities: types.RtpCapabilities;
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('listening', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
server.on('connection', (socket) => {
  const peer = new BarePeer(socket);
  // Engine.IO 4 and Socket.IO 5, as far as the bridge points speak them.
  socket.send('0{"sid":"bare","upgrades":[],"pingInterval":25000,"pingTimeout":20000}');
  socket.on('message', (bytes: Buffer) => {
    const text = String(bytes);
    if (text.startsWith('40')) socket.send('40{"sid":"bare"}');
    if (!text.startsWith('42')) return;
    const body = text.indexOf('[');
    const [name, payload] = JSON.parse(text.slice(body)) as [string, Payload];
    void peer
      .answer(name, payload)
      .then((answer) =>
        socket.send(`43${text.slice(2, body)}${JSON.stringify([{ ok: true, ...answer }])}`),
      );
  });
  socket.on('close', () => peer.close());
});
process.on('disconnect', () => process.exit(0));

class BarePeer {
  readonly #socket: WebSocket;
  readonly #transports = new Map<string, types.WebRtcTransport>();
  readonly #consumers = new Map<string, types.Consumer>();
  #receiving: types.WebRtcTransport | null = null;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  async answer(name: string, payload: Payload): Promise<object> {
    switch (name) {
      case 'media:join':
        return { routerRtpCapabilities: router.rtpCapabilities };
      case 'media:createTransport':
        return this.#createTransport(payload);
      case 'media:connectTransport':
        await this.#transports.get(payload.transportId)!.connect(payload);
        return {};
      case 'media:setReceiver':
        await this.#consume(payload);
        return {};
      case 'media:resumeConsumer':
        await this.#consumers.get(payload.consumerId)!.resume();
        this.#tell('media:consumerState', {
          consumers: [{ consumerId: payload.consumerId, paused: false }],
        });
        return {};
      case 'media:produce':
        return this.#produce(payload);
      default:
        return {};
    }
  }

  close(): void {
    for (const transport of this.#transports.values()) transport.close();
  }

  async #createTransport({ direction }: Payload): Promise<object> {
    const transport = await router.createWebRtcTransport({
      webRtcServer,
      initialAvailableOutgoingBitrate: 1_000_000,
    });
    this.#transports.set(transport.id, transport);
    if (direction === 'recv') this.#receiving = transport;
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
    return { id, iceParameters, iceCandidates, dtlsParameters };
  }

  async #produce({ transportId, source, rtpParameters }: Payload): Promise<object> {
    const producer = await this.#transports.get(transportId)!.produce({
      kind: source === 'camera' ? 'video' : 'audio',
      rtpParameters,
      // All but the first one's, which is on air.
      paused: onAir !== null || source !== 'camera',
    });
    if (!producer.paused) {
      onAir = producer;
      this.#tell('media:feed', { tier: 'onAir', maxSpatialLayer: 2, microphone: 'closed' });
    }
    return { producerId: producer.id };
  }

  async #consume({ rtpCapabilities }: Payload): Promise<void> {
    if (onAir === null) return;
    const { id: producerId } = onAir;
    const transport = this.#receiving!;
    const consumer = await transport.consume({ producerId, rtpCapabilities, paused: true });
    this.#consumers.set(consumer.id, consumer);
    this.#tell('media:consumer', {
      consumerId: consumer.id,
      producerId,
      bridgePointId: 'bare',
      source: 'camera',
      kind: 'video',
      rtpParameters: consumer.rtpParameters,
    });
  }

  #tell(name: string, payload: object): void {
    this.#socket.send(`42${JSON.stringify([name, payload])}`);
  }
}
