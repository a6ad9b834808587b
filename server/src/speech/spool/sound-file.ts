import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sampleRate } from '../engine.ts';
import { SpoolError } from './spool-error.ts';
import { bytesPerSample, headerBytes, samplesIn, wavHeader } from './wav.ts';

/** Sound is written in pieces of this, in samples: what the death of the process can cost. */
const batch = sampleRate / 5;
/** Written sound is brought to the disk's own memory so often: what a power cut can cost. */
const syncEvery = 5 * sampleRate;
/** What a reader that keeps up never needs the disk for. */
const recent = 2 * sampleRate;
/** With more than this waiting the disk is given up: memory does not grow. */
const maxWaiting = 30 * sampleRate;

const openNew = async (path: string): Promise<Disk> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return await open(path, 'wx+', 0o600);
};

/** What is used of a file: a test has one whose disk is full. */
export interface Disk extends Pick<FileHandle, 'read' | 'datasync' | 'truncate' | 'close'> {
  write(bytes: Buffer, from: number, length: number, at: number): Promise<{ bytesWritten: number }>;
}

/**
 * A WAV file that grows while others read it. `append` never waits and never throws; the newest
 * sound is read from memory, all else from the file.
 */
export class SoundFile {
  private readonly opening: Promise<Disk>;
  private readonly onFailure: (error: SpoolError) => void;
  /** The newest sound: all that is not written yet, and what was appended last. */
  private tail: { at: number; pcm: Int16Array }[] = [];
  private end: number;
  private written: number;
  private synced: number;
  private writing: Promise<void> | null = null;
  private isFlushing = false;
  private failure: SpoolError | null = null;

  private constructor(
    opening: Promise<Disk>,
    samples: number,
    onFailure: (error: SpoolError) => void,
  ) {
    this.opening = opening;
    this.onFailure = onFailure;
    this.end = this.written = this.synced = samples;
  }

  /** A new file. `onFailure` is told once when nothing more can be kept, or it cannot be made. */
  static create(
    path: string,
    onFailure: (error: SpoolError) => void,
    openDisk: (path: string) => Promise<Disk> = openNew,
  ): SoundFile {
    const opening = openDisk(path).then(async (disk) => {
      await disk.write(wavHeader(null), 0, headerBytes, 0);
      return disk;
    });
    const file = new SoundFile(opening, 0, onFailure);
    opening.catch((error: unknown) => file.fail(SpoolError.of(error)));
    return file;
  }

  /**
   * A file that stands, to be read: its header is made to tell its length, whatever befell it. One
   * that is whole stays as it is, and as old as it is.
   */
  static async repair(path: string): Promise<SoundFile> {
    const disk = await open(path, 'r+');
    const { size } = await disk.stat();
    const samples = samplesIn(size);
    if (size !== headerBytes + samples * bytesPerSample) {
      await disk.truncate(headerBytes + samples * bytesPerSample);
    }
    const { buffer: found } = await disk.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    const header = wavHeader(samples);
    if (!found.equals(header)) await disk.write(header, 0, headerBytes, 0);
    return new SoundFile(Promise.resolve(disk), samples, () => {});
  }

  /** How many samples can be read. */
  get samples(): number {
    return this.end;
  }

  /** Keeps `pcm`, which must not be changed any more. Nothing after a failure. */
  append(pcm: Int16Array): void {
    if (this.failure) return;
    this.tail.push({ at: this.end, pcm });
    this.end += pcm.length;
    if (this.end - this.written > maxWaiting) this.fail(new SpoolError('slow'));
    else if (this.end - this.written >= batch) this.startWriting();
    const kept = Math.min(this.written, this.end - recent);
    const drop = this.tail.findIndex(({ at, pcm: { length } }) => at + length > kept);
    if (drop > 0) this.tail.splice(0, drop);
  }

  /** Sound from sample `from` on, which is below `samples`: at least one sample, at most `max`. */
  async read(from: number, max: number): Promise<Int16Array> {
    const piece = this.recent(from, max);
    if (piece) return piece;
    const count = Math.min(max, this.written - from);
    const bytes = Buffer.alloc(count * bytesPerSample);
    const at = headerBytes + from * bytesPerSample;
    const disk = await this.opening;
    const { bytesRead } = await disk.read(bytes, 0, bytes.length, at);
    if (bytesRead < bytesPerSample) throw new SpoolError('failed', 'the file has become shorter');
    return new Int16Array(bytes.buffer, bytes.byteOffset, bytesRead >> 1);
  }

  /** The same where it is in memory; null where it is on the disk only. */
  recent(from: number, max: number): Int16Array | null {
    if (this.tail.length === 0 || from < this.tail[0]!.at) return null;
    const piece = this.tail.findLast(({ at }) => at <= from)!;
    return piece.pcm.subarray(from - piece.at, from - piece.at + max);
  }

  /** Writes all and the file's length. After a failure that of what is whole, if it can be. */
  async finish(): Promise<void> {
    this.isFlushing = true;
    if (!this.failure && this.written < this.end) this.startWriting();
    await this.writing;
    this.end = this.written;
    try {
      const disk = await this.opening;
      await disk.truncate(headerBytes + this.written * bytesPerSample);
      await disk.write(wavHeader(this.written), 0, headerBytes, 0);
      await disk.datasync();
    } catch (error) {
      this.fail(SpoolError.of(error));
    }
  }

  /** Closes the file, which should be finished. */
  async close(): Promise<void> {
    await this.writing;
    await (await this.opening.catch(() => null))?.close();
  }

  private startWriting(): void {
    this.writing ??= this.write()
      .catch((error: unknown) => this.fail(SpoolError.of(error)))
      .finally(() => (this.writing = null));
  }

  private async write(): Promise<void> {
    const disk = await this.opening;
    while (!this.failure && this.end - this.written >= (this.isFlushing ? 1 : batch)) {
      const bytes = this.waiting();
      const at = headerBytes + this.written * bytesPerSample;
      for (let done = 0; done < bytes.length;) {
        done += (await disk.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
      }
      this.written += bytes.length / bytesPerSample;
      if (this.written - this.synced < syncEvery) continue;
      this.synced = this.written;
      await disk.datasync();
    }
  }

  private waiting(): Buffer {
    const pieces = this.tail.flatMap(({ at, pcm }) => {
      const from = Math.max(0, this.written - at);
      return from >= pcm.length
        ? []
        : [Buffer.from(pcm.buffer, pcm.byteOffset + 2 * from, 2 * (pcm.length - from))];
    });
    return Buffer.concat(pieces);
  }

  private fail(error: SpoolError): void {
    if (this.failure) return;
    this.failure = error;
    // What was never written is not kept: the file is what counts.
    this.end = this.written;
    this.tail = [];
    this.onFailure(error);
  }
}
