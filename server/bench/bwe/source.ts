import dgram from 'node:dgram';
import { recordVideo } from '../sfu/recording.ts';
import type { RecordedPacket } from '../sfu/recording.ts';
import { rtpHeader, senderReport, ticks } from '../sfu/rtp.ts';

/** The layers of a hall's camera: small, middle, and one that 2 Mbit/s do not carry. */
export const layers = [
  { height: 180, width: 320, bitrateKbps: 150, ssrc: 3001 },
  { height: 360, width: 640, bitrateKbps: 600, ssrc: 3002 },
  { height: 720, width: 1280, bitrateKbps: 2_500, ssrc: 3003 },
];

export const payloadType = 101;
const framesPerSecond = 25;
const keyFrameEveryS = 1;
const recordedS = 10;
const tickMs = 5;
const reportEveryMs = 500;

type LayerPacket = RecordedPacket & { readonly layer: number };

/** Records the layers once; they are of one length and of one clock. */
export async function recordLayers(): Promise<LayerPacket[]> {
  const all: LayerPacket[] = [];
  for (const [layer, { width, height, bitrateKbps }] of layers.entries()) {
    const picture = { width, height, bitrateKbps, framesPerSecond, keyFrameEveryS };
    const { packets } = await recordVideo(picture, recordedS);
    all.push(...packets.map((packet) => ({ ...packet, layer })));
  }
  return all.sort((a, b) => a.atMs - b.atMs);
}

/** Sends the layers to a port of 127.0.0.1, again and again, until it is closed. */
export function startSource(packets: readonly LayerPacket[], port: number): { close(): void } {
  const socket = dgram.createSocket('udp4');
  const sequences = layers.map(() => 0);
  const started = performance.now();
  const startedWallMs = Date.now();
  let next = 0;
  let round = 0;
  let reportedAt = -reportEveryMs;
  const timer = setInterval(() => {
    const elapsed = performance.now() - started;
    if (elapsed - reportedAt >= reportEveryMs) {
      reportedAt = elapsed;
      for (const { ssrc } of layers) {
        const report = senderReport(ssrc, ticks('video', elapsed), startedWallMs + elapsed);
        socket.send(report, port, '127.0.0.1');
      }
    }
    for (;;) {
      const packet = packets[next]!;
      const offsetMs = round * recordedS * 1_000;
      if (offsetMs + packet.atMs > elapsed) return;
      const header = rtpHeader({
        payloadType,
        ssrc: layers[packet.layer]!.ssrc,
        sequence: (sequences[packet.layer]! += 1),
        timestamp: packet.timestamp + ticks('video', offsetMs),
        marker: packet.marker,
      });
      socket.send([header, packet.payload], port, '127.0.0.1');
      next += 1;
      if (next === packets.length) {
        next = 0;
        round += 1;
      }
    }
  }, tickMs);
  return {
    close() {
      clearInterval(timer);
      socket.close();
    },
  };
}
