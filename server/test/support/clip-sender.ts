import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg, installFfmpeg, runProgram, startFfmpeg } from '../../src/recording/ffmpeg.ts';
import { opusSsrc, vp8Ssrc } from './media-wire.ts';

const host = '127.0.0.1';

/** Both programs; a test cannot go on without them, and says how to get them. */
export function requireFfmpeg() {
  const found = findFfmpeg(process.env['PATH']);
  if (found === null) throw new Error(`ffmpeg is not installed; run: ${installFfmpeg}`);
  return found;
}

/** What a camera sees and a microphone hears all the time: one colour, one tone in Hz. */
export interface Clip {
  color: string;
  tone: number;
  /** In H.264, as a hardware encoder sends it, in place of VP8. */
  isH264?: boolean;
}

/**
 * Sends real VP8 and Opus, in real time and for ever, to a plain transport's port: two seconds that
 * were coded once, so that sending them costs nearly nothing. A key frame comes each second.
 */
export async function createClipSender() {
  const { ffmpeg } = requireFfmpeg();
  const dir = await mkdtemp(join(tmpdir(), 'nhip-cau-clips-'));
  const closers: (() => Promise<unknown>)[] = [];

  return {
    async send({ color, tone, isH264 = false }: Clip, port: number): Promise<void> {
      const file = join(dir, `${color}.mkv`);
      await runProgram(
        ffmpeg,
        [
          ...['-f', 'lavfi', '-i', `color=${color}:s=320x180:r=15:d=2`],
          ...['-f', 'lavfi', '-i', `sine=${tone}:d=2`],
          ...(isH264
            ? // Parameter sets before each key frame: nobody tells them otherwise.
              ['-c:v', 'libx264', '-profile:v', 'baseline', '-bsf:v', 'dump_extra=freq=keyframe']
            : ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8']),
          ...['-b:v', '150k', '-pix_fmt', 'yuv420p'],
          ...['-g', '15', '-c:a', 'libopus', '-b:a', '32k', '-ac', '2', '-y', file],
        ],
        { cwd: dir },
      );
      // From one socket, as the transport expects it.
      const socket = dgram.createSocket('udp4').bind(0, host);
      await once(socket, 'listening');
      const own = (socket.address() as AddressInfo).port;
      const isRtcp = (packet: Buffer) => packet[1]! >= 192 && packet[1]! <= 223;
      socket.on('message', (packet) => {
        if (!isRtcp(packet) && packet[0]! >> 6 === 2) socket.send(packet, port, host);
      });
      const to = `rtp://${host}:${own}?rtcpport=${own}&pkt_size=1200`;
      const { child, ended } = startFfmpeg(
        ffmpeg,
        [
          ...['-re', '-stream_loop', '-1', '-i', file],
          ...['-map', '0:v', '-c', 'copy', '-ssrc', String(vp8Ssrc)],
          ...['-payload_type', isH264 ? '102' : '101'],
          ...['-f', 'rtp', to],
          ...['-map', '0:a', '-c', 'copy', '-payload_type', '100', '-ssrc', String(opusSsrc)],
          ...['-f', 'rtp', to],
        ],
        { cwd: dir },
      );
      closers.push(async () => {
        child.kill('SIGKILL');
        await ended;
        socket.close();
      });
    },

    async close(): Promise<void> {
      for (const closer of closers.splice(0)) await closer();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export type ClipSender = Awaited<ReturnType<typeof createClipSender>>;
