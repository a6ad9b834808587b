import type dgram from 'node:dgram';
import { join } from 'node:path';
import type { OnAirTrack, TrackCopy } from '../dialogue/recording/ports.ts';
import { bindLoopback } from './ffmpeg-input.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { beginsKeyFrame, readRtp } from './rtp.ts';
import { trackFolder } from './track-folder.ts';
import { TrackRun } from './track-run.ts';

export interface TrackRecordingOptions {
  ffmpeg: Ffmpeg;
  /** Where the dialogue's tracks are; each run makes a folder of its own there. */
  tracksDir: string;
  track: OnAirTrack;
  hallCode: string;
  turnId: string | null;
  segmentSeconds: number;
  onFailure: (error: unknown) => void;
}

const firstPauseMs = 250;
const longestPauseMs = 8_000;
/** A run that lasted that long was a good one, in ms. */
const goodRunMs = 10_000;
const keyFrameRetryMs = 1_000;

/** Pause before the next ffmpeg, after that many in a row died young, in ms. */
export const pauseMs = (failures: number): number =>
  failures === 0 ? 0 : Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);

/**
 * Copies one on-air track to the disk. Packets come to a socket of ours and go on to ffmpeg: so none
 * is lost while it starts, its first one's arrival is known, and one that died is followed by the
 * next, from a key frame on, in a folder of its own.
 */
export class TrackRecording {
  readonly track: OnAirTrack;
  readonly since = Date.now();
  private readonly options: TrackRecordingOptions;
  private readonly finishing = new Set<Promise<unknown>>();
  private socket: dgram.Socket | null = null;
  private copy: TrackCopy | null = null;
  private run: TrackRun | null = null;
  private keyFrames: NodeJS.Timeout | null = null;
  private opening: NodeJS.Timeout | null = null;
  private askedAt = 0;
  private failures = 0;
  private pausedUntil = 0;
  private bytes = 0;
  private closing: Promise<void> | null = null;

  constructor(options: TrackRecordingOptions) {
    this.options = options;
    this.track = options.track;
    this.open(1);
  }

  /** Whether what arrives is on its way to the disk. */
  get isWriting(): boolean {
    return this.run?.isWriting === true;
  }

  /** Bytes that came since the last call. */
  takeBytes(): number {
    const { bytes } = this;
    this.bytes = 0;
    return bytes;
  }

  /** Ends the copy and finishes the files. Idempotent. */
  close(): Promise<void> {
    return (this.closing ??= this.shut());
  }

  private open(tries: number): void {
    this.connect().catch((error: unknown) => {
      this.closeSocket();
      if (this.closing !== null) return;
      this.options.onFailure(error);
      this.opening = setTimeout(() => this.open(tries + 1), pauseMs(tries));
    });
  }

  private async connect(): Promise<void> {
    const { segmentSeconds } = this.options;
    const { socket, port } = await bindLoopback();
    if (this.closing !== null) return void socket.close();
    this.socket = socket;
    socket.on('message', (packet) => this.handlePacket(packet));
    const copy = await this.track.copyTo({ rtpPort: port });
    if (this.closing !== null) return copy.close();
    this.copy = copy;
    // A segment can only end where the next one can begin.
    this.keyFrames = setInterval(() => this.askForKeyFrame(), segmentSeconds * 1_000);
  }

  private async shut(): Promise<void> {
    if (this.opening) clearTimeout(this.opening);
    if (this.keyFrames) clearInterval(this.keyFrames);
    this.copy?.close();
    this.closeSocket();
    const { run } = this;
    this.run = null;
    await run?.finish();
    await Promise.all(this.finishing);
  }

  private closeSocket(): void {
    this.socket?.close();
    this.socket = null;
  }

  private handlePacket(packet: Buffer): void {
    const header = readRtp(packet);
    if (header === null) return;
    const now = Date.now();
    this.bytes += packet.length;
    if (this.run === null) {
      if (now < this.pausedUntil) return;
      if (!beginsKeyFrame(this.track.codec.mimeType, packet, header.payloadAt)) {
        if (now - this.askedAt > keyFrameRetryMs) this.askForKeyFrame();
        return;
      }
      this.run = this.startRun(now);
    }
    this.run.handlePacket(packet, now);
  }

  private startRun(now: number): TrackRun {
    const { ffmpeg, tracksDir, hallCode, turnId, segmentSeconds, onFailure } = this.options;
    const { bridgePointId, source, codec } = this.track;
    const run = new TrackRun({
      ffmpeg,
      dir: join(tracksDir, trackFolder(now, hallCode, source)),
      card: { bridgePointId, source, turnId, codec, startedAt: now },
      segmentSeconds,
      onFailure,
    });
    const ended = run.ended.then(({ words, wasAsked }) => {
      this.finishing.delete(ended);
      if (!wasAsked) this.handleRunEnded(run, words);
    });
    this.finishing.add(ended);
    return run;
  }

  private handleRunEnded(run: TrackRun, words: string): void {
    if (this.run !== run) return;
    this.run = null;
    const isGood = Date.now() - run.startedAt > goodRunMs;
    this.failures = isGood ? 0 : this.failures + 1;
    this.pausedUntil = Date.now() + pauseMs(this.failures);
    this.askForKeyFrame();
    // Where nothing comes for a while, ffmpeg ends by itself: that is no failure.
    if (!/timed out/.test(words)) this.options.onFailure(new Error(`ffmpeg ended: ${words}`));
  }

  private askForKeyFrame(): void {
    if (!this.track.codec.mimeType.startsWith('video/')) return;
    this.askedAt = Date.now();
    this.copy?.requestKeyFrame().catch(() => {
      // The track has ended meanwhile; that is told by itself.
    });
  }
}
