import { sampleRate } from './engine.ts';
import type { SoundTrack } from './ports.ts';
import type { RunEnd } from './spool/run-journal.ts';
import { Run } from './spool/run.ts';
import type { SpoolError } from './spool/spool-error.ts';
import { OpusDecoder } from './tap/opus-decoder.ts';
import { SoundStream } from './tap/sound-stream.ts';

/** How long after the disk failed it is tried again, ms. */
const againMs = 10_000;
/** A run ends after this, and the next begins: times within it stay small numbers. */
const longestRun = 6 * 3_600 * sampleRate;

export interface MicrophoneOptions {
  track: SoundTrack;
  /** Where runs are kept. */
  dir: string;
  now: () => number;
  /** Whether the disk has room; where not, nothing is kept. */
  hasRoom: () => boolean;
  /** A run has begun; it ends by itself. */
  onRun: (run: Run) => void;
  onError: (error: unknown) => void;
}

/** One microphone while it is on air: its packets become sound on the disk, in runs. */
export class Microphone {
  private readonly options: MicrophoneOptions;
  private readonly decoder = new OpusDecoder();
  private stream: SoundStream;
  private run: Run | null = null;
  private ending: Promise<unknown> = Promise.resolve();
  private stopPackets: (() => void) | null = null;
  private againAt = 0;
  private isClosed = false;

  constructor(options: MicrophoneOptions) {
    this.options = options;
    this.stream = this.openStream();
    options.track
      .onRtp((packet) => this.handlePacket(packet))
      .then(
        (stop) => {
          if (this.isClosed) stop();
          else this.stopPackets = stop;
        },
        // A track that went off air meanwhile is no fault.
        (error: unknown) => this.isClosed || options.onError(error),
      );
  }

  get dialogueId(): string {
    return this.options.track.dialogueId;
  }

  /** Lets time pass. Call some times a second. */
  handleTime(now: number): void {
    this.stream.handleTime(now);
    this.run?.keepClock();
    if (this.run && !this.options.hasRoom()) this.endRun('spool');
    else if (this.run && this.run.samples >= longestRun) this.endRun('offAir');
  }

  /** Ends it, once its last run is whole on the disk. Idempotent. */
  async close(reason: RunEnd): Promise<void> {
    if (!this.isClosed) {
      this.isClosed = true;
      this.stopPackets?.();
      this.stream.end();
      this.endRun(reason);
      this.decoder.close();
    }
    await this.ending;
  }

  private handlePacket(packet: Buffer): void {
    const now = this.options.now();
    if (this.isClosed || now < this.againAt) return;
    if (this.run === null && !this.options.hasRoom()) return;
    this.stream.handlePacket(packet, now);
  }

  private openStream(): SoundStream {
    const { clockRate } = this.options.track.codec;
    const stream: SoundStream = new SoundStream({
      clockRate,
      decoder: this.decoder,
      onPcm: (pcm) => {
        if (stream === this.stream) (this.run ?? this.begin(stream)).append(pcm);
      },
    });
    return stream;
  }

  private begin({ clock }: SoundStream): Run {
    const { track, dir, onRun } = this.options;
    const { dialogueId, bridgePointId } = track;
    const about = { dialogueId, bridgePointId, startedAt: Math.round(clock.epochAt(0)) };
    const run = Run.create(dir, about, clock, (error) => this.fail(run, error));
    this.run = run;
    onRun(run);
    return run;
  }

  private fail(run: Run, error: SpoolError): void {
    this.options.onError(error);
    if (run !== this.run) return;
    this.againAt = this.options.now() + againMs;
    this.endRun('spool');
  }

  /** What comes next is another run's, with a timeline of its own. */
  private endRun(reason: RunEnd): void {
    const { run } = this;
    this.run = null;
    this.stream = this.openStream();
    if (run) this.ending = Promise.all([this.ending, run.end(reason)]);
  }
}
