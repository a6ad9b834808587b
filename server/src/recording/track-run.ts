import { mkdir } from 'node:fs/promises';
import { FfmpegInput, freePorts } from './ffmpeg-input.ts';
import { type Ffmpeg, type Running, startFfmpeg } from './ffmpeg.ts';
import { sdpOf } from './sdp.ts';
import { byePacket, readRtp, TimestampLine } from './rtp.ts';
import { segmentList, segmentPattern, type TrackCard, writeCard } from './track-folder.ts';
import { WallClock } from './wall-clock.ts';

/** How long ffmpeg may take for what has arrived and for closing its file, in ms. */
const finishMs = 8_000;
/** How soon after its start the clock is written again: the first packet is often a late one. */
const settledMs = 2_000;

export interface RunOptions {
  ffmpeg: Ffmpeg;
  /** The folder of this run, which it makes. */
  dir: string;
  card: Omit<TrackCard, 'points'>;
  segmentSeconds: number;
  onFailure: (error: unknown) => void;
}

/** One ffmpeg that copies one track's packets into segments, until it is finished or dies. */
export class TrackRun {
  /** Resolves when ffmpeg has ended; `words`: why, where it was not asked to. */
  readonly ended: Promise<{ words: string; wasAsked: boolean }>;
  readonly startedAt: number;
  private readonly options: RunOptions;
  private readonly clock = new WallClock();
  private readonly line = new TimestampLine();
  private readonly packets: Buffer[] = [];
  private input: FfmpegInput | null = null;
  private running: Running | null = null;
  private writing: Promise<unknown>;
  private settled: NodeJS.Timeout | null = null;
  private wasAsked = false;

  constructor(options: RunOptions) {
    this.options = options;
    this.startedAt = options.card.startedAt;
    this.writing = mkdir(options.dir, { recursive: true });
    this.ended = this.run();
  }

  /** Whether what arrives is on its way to the disk. */
  get isWriting(): boolean {
    return this.input?.isOpen === true;
  }

  /** The first one is the time 0 of the files. */
  handlePacket(packet: Buffer, arrivedAt: number): void {
    const header = readRtp(packet);
    if (header === null) return;
    const atMs = (this.line.at(header.timestamp) * 1_000) / this.options.card.codec.clockRate;
    if (this.clock.handlePacket(atMs, arrivedAt)) this.keepCard();
    this.send(packet);
  }

  /** Lets ffmpeg write what has arrived and close its file. Idempotent. */
  async finish(): Promise<void> {
    if (!this.wasAsked) {
      this.wasAsked = true;
      this.send(byePacket);
      const kill = () => this.running?.child.kill('SIGKILL');
      const killing = setTimeout(kill, finishMs);
      void this.ended.then(() => clearTimeout(killing));
    }
    await this.ended;
  }

  private async run(): Promise<{ words: string; wasAsked: boolean }> {
    const words = await this.work().catch(String);
    if (this.settled) clearTimeout(this.settled);
    this.input?.close();
    this.keepCard();
    await this.writing;
    return { words, wasAsked: this.wasAsked };
  }

  /** What ffmpeg said at its end. */
  private async work(): Promise<string> {
    const { ffmpeg, dir, card, segmentSeconds } = this.options;
    await this.writing;
    const [port] = await freePorts(1);
    this.running = startFfmpeg(ffmpeg.ffmpeg, argumentsOf(segmentSeconds), { cwd: dir });
    this.running.child.stdin.end(sdpOf([{ port: port!, codec: card.codec }]));
    this.input = await FfmpegInput.open(port!);
    for (const packet of this.packets.splice(0)) this.input.send(packet);
    this.keepCard();
    this.settled = setTimeout(() => this.keepCard(), settledMs);
    return (await this.running.ended).words;
  }

  private send(packet: Buffer): void {
    if (this.input) this.input.send(packet);
    else this.packets.push(packet);
  }

  private keepCard(): void {
    const { dir, card, onFailure } = this.options;
    this.writing = this.writing
      .then(() => writeCard(dir, { ...card, points: this.clock.points }))
      .catch(onFailure);
  }
}

/** No picture is coded anew; a segment ends at the first key frame after its time. */
const argumentsOf = (segmentSeconds: number) => [
  ...['-protocol_whitelist', 'pipe,rtp,udp'],
  ...['-buffer_size', String(4 * 1_048_576), '-max_delay', '500000'],
  ...['-fpsprobesize', '0', '-analyzeduration', '1000000', '-copyts'],
  ...['-f', 'sdp', '-i', 'pipe:0', '-map', '0:0', '-c', 'copy'],
  ...['-f', 'segment', '-segment_time', String(segmentSeconds), '-segment_format', 'matroska'],
  // What a second has brought is on the disk, whatever happens then.
  ...['-segment_format_options', 'cluster_time_limit=1000:flush_packets=1'],
  ...['-segment_list', segmentList, '-segment_list_type', 'csv'],
  segmentPattern,
];
