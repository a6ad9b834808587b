import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BroadcastAbout } from '@nhip-cau/shared/protocol/recording';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import { FfmpegInput, freePorts } from '../ffmpeg-input.ts';
import { type Ffmpeg, type Running, startFfmpeg } from '../ffmpeg.ts';
import { byePacket } from '../rtp.ts';
import { sdpOf } from '../sdp.ts';
import { pauseMs } from '../track-recording.ts';
import { CaptionFile } from './caption-file.ts';
import { FragmentCutter } from './fragments.ts';
import { Packager } from './packager.ts';
import { type FeedOutput, pictureCodec, soundCodec } from './programme-feed.ts';
import type { Programme, ProgrammeTaker } from './programme.ts';

export interface HlsOptions {
  ffmpeg: Ffmpeg;
  /** Where the files go: what a web server gives to anybody. */
  dir: string;
  about: Omit<BroadcastAbout, 'isLive'>;
  programme: Programme;
  onError: (error: unknown) => void;
}

export const aboutName = 'about.json';
const finishMs = 5_000;
const goodRunMs = 10_000;
/** How often an encoder that has written nothing yet is offered a key frame, in ms. */
const keyFrameEveryMs = 1_000;

/** One dialogue's public broadcast: the programme, coded once, as files for any number of viewers. */
export class HlsBroadcast {
  private readonly options: HlsOptions;
  private readonly output: Record<keyof FeedOutput, FfmpegInput | null> = {
    picture: null,
    speaker: null,
    host: null,
  };
  private readonly captions: CaptionFile;
  private packager: Packager | null = null;
  private taker: ProgrammeTaker | null = null;
  /** When the running encoder was given its first packet of the picture. */
  private takenAt: number | null = null;
  private running: Running | null = null;
  private failures = 0;
  private isClosed = false;
  private starting: Promise<void> = Promise.resolve();
  private pausing: NodeJS.Timeout | null = null;

  constructor(options: HlsOptions) {
    this.options = options;
    this.captions = new CaptionFile(options);
    this.begin();
  }

  /** Call after each commit: tells what was said. */
  handleState(state: DialogueState): void {
    this.captions.handleState(state);
  }

  /** Ends the playlist, and says so where the broadcast `isOver`. Idempotent. */
  async close(isOver: boolean): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    if (this.pausing) clearTimeout(this.pausing);
    await this.starting;
    await this.captions.close();
    this.taker?.close();
    // Another node may be writing there by now.
    if (!isOver) await this.packager?.close(false);
    const { running } = this;
    for (const input of Object.values(this.output)) input?.send(byePacket);
    const killing = setTimeout(() => running?.child.kill('SIGKILL'), finishMs);
    await running?.ended;
    clearTimeout(killing);
    this.closeInputs();
    if (isOver) await this.sayOver().catch(this.options.onError);
  }

  private begin(): void {
    this.starting = this.start().catch((error: unknown) => {
      this.options.onError(error);
      this.failures += 1;
      this.beginLater();
    });
  }

  private beginLater(): void {
    if (this.isClosed) return;
    this.pausing = setTimeout(() => this.begin(), pauseMs(this.failures)).unref();
  }

  private async start(): Promise<void> {
    const { dir, ffmpeg, onError } = this.options;
    await mkdir(dir, { recursive: true });
    const packager = (this.packager ??= await Packager.open({ dir, onError }));
    this.captions.open();
    this.taker ??= await this.take();
    const ports = await freePorts(3);
    // From here on `close` waits and ends all of it.
    if (this.isClosed) return;
    const startedAt = Date.now();
    const running = startFfmpeg(ffmpeg.ffmpeg, encoderArguments, { cwd: dir });
    this.running = running;
    this.takenAt = null;
    this.pack(packager, running, startedAt);
    void running.ended.then(({ words }) => this.handleEnded(startedAt, words));
    const [picture, speaker, host] = ports as [number, number, number];
    running.child.stdin.end(
      sdpOf([
        { port: picture, codec: pictureCodec },
        { port: speaker, codec: soundCodec },
        { port: host, codec: soundCodec },
      ]),
    );
    this.closeInputs();
    try {
      this.output.picture = await FfmpegInput.open(picture);
      this.output.speaker = await FfmpegInput.open(speaker);
      this.output.host = await FfmpegInput.open(host);
      this.taker.restart();
      await this.tell(true);
    } catch (error) {
      onError(error);
      // Its end begins the next one.
      running.child.kill('SIGKILL');
    }
  }

  /** Hands over what the encoder writes. */
  private pack(packager: Packager, { child, ended }: Running, startedAt: number): void {
    const cutter = new FragmentCutter();
    // What it looks at before it begins it throws away, and a camera's next key frame may be two
    // minutes off.
    const asking = setInterval(() => this.taker?.requestKeyFrame(), keyFrameEveryMs);
    void ended.then(() => clearInterval(asking));
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        for (const piece of cutter.take(chunk)) {
          if (piece.kind === 'fragment') {
            clearInterval(asking);
            packager.take(piece);
          } else packager.begin(piece.bytes, startedAt, this.takenAt ?? startedAt);
        }
      } catch (error) {
        this.options.onError(error);
        child.kill('SIGKILL');
      }
    });
  }

  private take(): Promise<ProgrammeTaker> {
    const send = (name: keyof FeedOutput) => (packet: Buffer) => this.output[name]?.send(packet);
    const sendPicture = send('picture');
    return this.options.programme.take({
      picture: (packet) => {
        this.takenAt ??= Date.now();
        sendPicture(packet);
      },
      speaker: send('speaker'),
      host: send('host'),
    });
  }

  private handleEnded(startedAt: number, words: string): void {
    if (this.isClosed) return;
    this.packager?.interrupt();
    this.options.onError(new Error(`the broadcast's ffmpeg ended: ${words}`));
    this.failures = Date.now() - startedAt > goodRunMs ? 1 : this.failures + 1;
    this.beginLater();
  }

  private closeInputs(): void {
    for (const name of ['picture', 'speaker', 'host'] as const) {
      this.output[name]?.close();
      this.output[name] = null;
    }
  }

  private async sayOver(): Promise<void> {
    await this.packager?.close(true);
    await this.tell(false);
  }

  private async tell(isLive: boolean): Promise<void> {
    const { dir, about } = this.options;
    const path = join(dir, aboutName);
    await writeFile(`${path}.next`, JSON.stringify({ ...about, isLive } satisfies BroadcastAbout));
    await rename(`${path}.next`, path);
  }
}

/**
 * A key frame each second (`segmentS`), and a fragment each picture: of these, parts and segments are
 * made here, because ffmpeg's own HLS writer (5.1) knows no parts.
 */
const encoderArguments: string[] = [
  ...['-protocol_whitelist', 'pipe,rtp,udp', '-max_delay', '200000', '-buffer_size', '4194304'],
  ...['-fflags', 'nobuffer', '-fpsprobesize', '0', '-analyzeduration', '1000000'],
  ...['-f', 'sdp', '-i', 'pipe:0'],
  ...['-filter_complex', '[0:a:0][0:a:1]amix=inputs=2:normalize=0,aresample=async=1[sound]'],
  ...['-map', '0:v:0', '-map', '[sound]', '-vf'],
  'scale=1280:720:force_original_aspect_ratio=decrease:force_divisible_by=2,' +
    'pad=1280:720:(ow-iw)/2:(oh-ih)/2,setsar=1,fps=25',
  ...['-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-profile:v', 'main'],
  ...['-b:v', '1800k', '-maxrate', '2000k', '-bufsize', '2000k', '-pix_fmt', 'yuv420p'],
  ...['-g', '25', '-keyint_min', '25', '-sc_threshold', '0'],
  ...['-c:a', 'aac', '-b:a', '96k', '-ar', '48000', '-ac', '2'],
  ...['-f', 'mp4', '-movflags', '+empty_moov+default_base_moof+frag_keyframe+skip_trailer'],
  ...['-frag_duration', '39000', '-flush_packets', '1', 'pipe:1'],
];
