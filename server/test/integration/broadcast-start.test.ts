import dgram from 'node:dgram';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OnAirTrack } from '../../src/dialogue/recording/ports.ts';
import { HlsBroadcast } from '../../src/recording/broadcast/hls.ts';
import { Programme } from '../../src/recording/broadcast/programme.ts';
import { pictureCodec } from '../../src/recording/broadcast/programme-feed.ts';
import { runProgram } from '../../src/recording/ffmpeg.ts';
import { requireFfmpeg } from '../support/clip-sender.ts';
import { until } from '../support/nodes.ts';
import { withoutTakenPorts } from '../support/recorded-dialogue.ts';

const frameMs = 40;
/** IVF: what comes before all frames, and before each. */
const fileHeaderBytes = 32;
const frameHeaderBytes = 12;

/** Some seconds of a picture in VP8, of which the first frame alone is a key frame. */
async function codedFrames(ffmpeg: string, dir: string): Promise<Buffer[]> {
  const file = join(dir, 'camera.ivf');
  await runProgram(
    ffmpeg,
    [
      ...['-f', 'lavfi', '-i', 'color=red:s=320x180:r=25:d=4', '-c:v', 'libvpx'],
      ...['-deadline', 'realtime', '-b:v', '150k', '-g', '9999', '-y', file],
    ],
    { cwd: dir },
  );
  const bytes = await readFile(file);
  const frames: Buffer[] = [];
  for (let at = fileHeaderBytes; at < bytes.length;) {
    const begin = at + frameHeaderBytes;
    at = begin + bytes.readUInt32LE(at);
    frames.push(bytes.subarray(begin, at));
  }
  return frames;
}

/** A camera as a browser's is: after the first one it sends a key frame only when asked. */
function cameraOf(frames: readonly Buffer[]): OnAirTrack {
  return {
    id: 'camera',
    dialogueId: 'd',
    bridgePointId: 'hall',
    source: 'camera',
    codec: pictureCodec,
    copyTo({ rtpPort }) {
      const socket = dgram.createSocket('udp4');
      let next = 0;
      let sequence = 0;
      const timer = setInterval(() => {
        const packet = Buffer.alloc(13);
        packet[0] = 0x80;
        packet[1] = 0x80 | pictureCodec.payloadType;
        packet.writeUInt16BE(sequence & 0xffff, 2);
        packet.writeUInt32BE(sequence * frameMs * 90, 4);
        packet.writeUInt32BE(7, 8);
        // RFC 7741, section 4.2: the beginning of a frame.
        packet[12] = 0x10;
        socket.send(Buffer.concat([packet, frames[next]!]), rtpPort, '127.0.0.1');
        sequence += 1;
        next = next + 1 < frames.length ? next + 1 : 1;
      }, frameMs);
      return Promise.resolve({
        requestKeyFrame() {
          next = 0;
          return Promise.resolve();
        },
        close() {
          clearInterval(timer);
          socket.close();
        },
      });
    },
  };
}

it('begins while a camera is shown that sends key frames only when asked', async () => {
  const ffmpeg = requireFfmpeg();
  const dir = await mkdtemp(join(tmpdir(), 'nhip-cau-start-'));
  const failures: unknown[] = [];
  const onError = (error: unknown) => failures.push(error);
  const frames = await codedFrames(ffmpeg.ffmpeg, dir);
  const stage = { centralId: 'central', speakerId: 'hall' };
  const programme = new Programme({ ffmpeg, title: 'Đối thoại', stage, onError });
  programme.add(cameraOf(frames));
  let isShown = false;
  const taker = await programme.take({
    picture: (packet) => (isShown ||= packet.includes(frames[1]!)),
    speaker: () => {},
    host: () => {},
  });
  await until(() => isShown);

  const folder = join(dir, 'ABCD2345');
  const about = { title: 'Đối thoại', organiser: 'Thành phố' };
  const broadcast = new HlsBroadcast({ ffmpeg, dir: folder, about, programme, onError });
  await until(() => existsSync(join(folder, 'live.m3u8')));

  await broadcast.close(true);
  taker.close();
  programme.close();
  await rm(dir, { recursive: true });
  expect(withoutTakenPorts(failures)).toEqual([]);
});
