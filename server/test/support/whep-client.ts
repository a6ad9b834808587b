import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Audio, PeerConnection, type Track, Video } from 'node-datachannel';
import type { MediaKind } from '@nhip-cau/shared/protocol/media';
import { type Ffmpeg, runProgram } from '../../src/recording/ffmpeg.ts';
import { beginsKeyFrame, readRtp } from '../../src/recording/rtp.ts';

/** Numbers of its own: what a player gets must come under these. */
export const playerTypes = { audio: 109, video: 120 } as const;
/** The newest packets of each kind that are kept: some seconds. */
const mostKept = 2_000;

/** A player that speaks WHEP, with real ICE, DTLS and SRTP. */
export class WhepClient {
  readonly #connection = new PeerConnection('', { iceServers: [], disableAutoNegotiation: true });
  readonly #kept: Record<MediaKind, Buffer[]> = { audio: [], video: [] };
  /** Held, or they are gone with what they would tell. */
  readonly #tracks: Track[] = [];
  /** Whether the server has ended it. */
  isOver = false;

  constructor() {
    this.#connection.onStateChange((state) => {
      this.isOver = state === 'closed' || state === 'failed' || state === 'disconnected';
    });
  }

  /** The offer with which it asks; to be made once. */
  offer(): Promise<string> {
    const audio = new Audio('0', 'RecvOnly');
    audio.addOpusCodec(playerTypes.audio);
    const video = new Video('1', 'RecvOnly');
    video.addVP8Codec(playerTypes.video);
    for (const [kind, media] of [
      ['audio', audio],
      ['video', video],
    ] as const) {
      const kept = this.#kept[kind];
      const track = this.#connection.addTrack(media);
      this.#tracks.push(track);
      track.onMessage((packet) => {
        if ((packet[1]! & 0x7f) !== playerTypes[kind]) return;
        kept.push(packet);
        if (kept.length > mostKept) kept.shift();
      });
    }
    return new Promise((resolve) => {
      this.#connection.onLocalDescription((sdp) => resolve(sdp));
      this.#connection.setLocalDescription('offer');
    });
  }

  play(answer: string): void {
    this.#connection.setRemoteDescription(answer, 'answer');
  }

  /** RTP packets of this kind, oldest first. */
  packets(kind: MediaKind): readonly Buffer[] {
    return this.#kept[kind];
  }

  /** Payloads of the newest `count` packets of sound. */
  sound(count: number): Buffer[] {
    return this.#kept.audio
      .slice(-count)
      .map((packet) => packet.subarray(readRtp(packet)!.payloadAt));
  }

  /** The newest key frame that is there as a whole, as VP8; `null`: none. */
  keyFrame(): Buffer | null {
    const packets = this.#kept.video.map((packet) => ({ packet, ...readRtp(packet)! }));
    const first = packets.findLastIndex(
      ({ packet, payloadAt }, at) =>
        beginsKeyFrame('video/VP8', packet, payloadAt) &&
        packets.slice(at).some(({ marker }) => marker),
    );
    if (first < 0) return null;
    const last = packets.findIndex(({ marker }, at) => at >= first && marker);
    // One byte of descriptor: the programme has no other.
    return Buffer.concat(
      packets.slice(first, last + 1).map(({ packet, payloadAt }) => packet.subarray(payloadAt + 1)),
    );
  }

  close(): void {
    this.#connection.close();
  }
}

/** A VP8 key frame's colour by its strongest channel; `dark` where none is strong. */
export async function colorOf(
  { dir, ffmpeg: { ffmpeg } }: { dir: string; ffmpeg: Ffmpeg },
  frame: Buffer,
): Promise<string> {
  const header = Buffer.alloc(44);
  header.write('DKIF');
  header.writeUInt16LE(32, 6);
  header.write('VP80', 8);
  header.writeUInt16LE(frame.readUInt16LE(6) & 0x3fff, 12);
  header.writeUInt16LE(frame.readUInt16LE(8) & 0x3fff, 14);
  header.writeUInt32LE(25, 16);
  header.writeUInt32LE(1, 20);
  header.writeUInt32LE(1, 24);
  header.writeUInt32LE(frame.length, 32);
  await writeFile(join(dir, 'played.ivf'), Buffer.concat([header, frame]));
  const pixel = join(dir, 'played.rgb');
  const scale = ['-frames:v', '1', '-vf', 'scale=1:1,format=rgb24', '-f', 'rawvideo', pixel];
  await runProgram(ffmpeg, ['-y', '-i', 'played.ivf', ...scale], { cwd: dir });
  const channels = [...(await readFile(pixel))];
  const most = Math.max(...channels);
  return most < 110 ? 'dark' : ['red', 'green', 'blue'][channels.indexOf(most)]!;
}
