import dgram from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { MediaKind } from '@nhip-cau/shared/protocol/media';
import type { TransportOpener } from '../../src/media/transports.ts';

/**
 * Plain RTP over loopback UDP in place of browsers: the same service, rooms and worker as in
 * production, with packets that a test sends itself and counts itself.
 */

const host = '127.0.0.1';
const frameMs = 20;

export const opusSsrc = 1111;
export const vp8Ssrc = 2222;

export const opusParameters = {
  codecs: [{ mimeType: 'audio/opus' as const, payloadType: 100, clockRate: 48_000, channels: 2 }],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level' as const, id: 10 }],
  encodings: [{ ssrc: opusSsrc }],
};

export const vp8Parameters = {
  codecs: [
    {
      mimeType: 'video/VP8' as const,
      payloadType: 101,
      clockRate: 90_000,
      rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
    },
  ],
  encodings: [{ ssrc: vp8Ssrc }],
};

/** As hardware encoders send it. */
export const h264Parameters = {
  codecs: [
    {
      mimeType: 'video/H264' as const,
      payloadType: 102,
      clockRate: 90_000,
      parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' },
      rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
    },
  ],
  encodings: [{ ssrc: vp8Ssrc }],
};

/** Counts the RTP packets that one receiver gets. */
export interface RtpSink {
  packets(kind: MediaKind): number;
}

/** Sends Opus and VP8 all the time, as a browser does whose user wants to be heard. */
export interface RtpSource {
  /** Resolves when `count` more packets of each kind have left. */
  sent(count: number): Promise<void>;
  /** Sends nothing from now on, as a cut line does, until `resume`. */
  pause(): void;
  resume(): void;
  /** Key frames that it was asked for so far. */
  keyFrameRequests(): number;
}

export function createMediaWire() {
  const sinks = new Map<string, RtpSink>();
  const ports = new Map<string, number>();
  const closers: (() => void)[] = [];

  const open: TransportOpener = async (_worker, router, direction) => {
    const sending = direction === 'send';
    const transport = await router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: host },
      rtcpMux: true,
      comedia: sending,
    });
    if (sending) ports.set(transport.id, transport.tuple.localPort);
    else {
      const socket = dgram.createSocket('udp4').bind(0, host);
      await once(socket, 'listening');
      closers.push(() => socket.close());
      sinks.set(transport.id, countPackets(socket));
      await transport.connect({ ip: host, port: (socket.address() as AddressInfo).port });
    }
    return {
      transport,
      parameters: {
        id: transport.id,
        iceParameters: { usernameFragment: '', password: '' },
        iceCandidates: [],
        dtlsParameters: { fingerprints: [] },
      },
      connect: async () => {},
      restartIce: async () => ({ usernameFragment: '', password: '' }),
    };
  };

  return {
    open,

    sink(transportId: string): RtpSink {
      return sinks.get(transportId)!;
    },

    /** Where a send transport takes packets. */
    port(transportId: string): number {
      return ports.get(transportId)!;
    },

    /** Starts to send into a send transport and never stops of itself. */
    source(transportId: string, { levelDbov = -20 } = {}): RtpSource {
      const socket = dgram.createSocket('udp4');
      const port = ports.get(transportId)!;
      let keyFrameRequests = 0;
      socket.on('message', (packet) => (keyFrameRequests += countKeyFrameRequests(packet)));
      const waiting: { until: number; resolve: () => void }[] = [];
      let sequence = 0;
      let paused = false;
      const timer = setInterval(() => {
        if (paused) return;
        sequence += 1;
        socket.send(opusPacket(sequence, levelDbov), port, host);
        socket.send(vp8Packet(sequence), port, host);
        while (waiting[0] && waiting[0].until <= sequence) waiting.shift()!.resolve();
      }, frameMs);
      closers.push(() => {
        clearInterval(timer);
        socket.close();
      });
      return {
        pause: () => (paused = true),
        resume: () => (paused = false),
        keyFrameRequests: () => keyFrameRequests,
        sent: (count) =>
          new Promise((resolve) => waiting.push({ until: sequence + count, resolve })),
      };
    },

    close(): void {
      for (const closer of closers.splice(0)) closer();
    },
  };
}

export type MediaWire = ReturnType<typeof createMediaWire>;

function countPackets(socket: dgram.Socket): RtpSink {
  const counted = { audio: 0, video: 0 };
  socket.on('message', (packet) => {
    const payloadType = packet[1]! & 0x7f;
    // The router numbers its codecs from 100 on, Opus first. Besides them come RTCP, and the
    // packets of nobody's that the worker probes the bandwidth with.
    if (payloadType === 100) counted.audio += 1;
    if (payloadType === 101) counted.video += 1;
  });
  return { packets: (kind) => counted[kind] };
}

/** Picture loss indications in a compound RTCP packet (RFC 4585 §6.3.1). */
function countKeyFrameRequests(packet: Buffer): number {
  let count = 0;
  for (let at = 0; at + 4 <= packet.length; at += 4 * (packet.readUInt16BE(at + 2) + 1)) {
    const isPictureLoss = packet[at + 1] === 206 && (packet[at]! & 0x1f) === 1;
    if (isPictureLoss) count += 1;
  }
  return count;
}

/** RFC 3550 §5.1. */
function rtpHeader(payloadType: number, sequence: number, timestamp: number, ssrc: number): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = payloadType;
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  return header;
}

function opusPacket(sequence: number, levelDbov: number): Buffer {
  const header = rtpHeader(100, sequence, sequence * 960, opusSsrc);
  header[0] = 0x90;
  // One-byte header extension 10, RFC 6464: voice activity and level in -dBov.
  const extension = Buffer.from([0xbe, 0xde, 0, 1, 10 << 4, 0x80 | -levelDbov, 0, 0]);
  return Buffer.concat([header, extension, Buffer.alloc(40, 0xfc)]);
}

function vp8Packet(sequence: number): Buffer {
  const header = rtpHeader(101, sequence, sequence * 1800, vp8Ssrc);
  // RFC 7741 §4.2 and §4.3: first partition's start, then a key frame's tag, start code and size.
  const keyFrame = [0x10, 0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00];
  return Buffer.concat([header, Buffer.from(keyFrame), Buffer.alloc(60)]);
}
