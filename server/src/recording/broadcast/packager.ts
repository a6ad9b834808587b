import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fragment } from './fragments.ts';
import {
  durationOf,
  numbersAfter,
  partS,
  partTargetS,
  type Playlist,
  renderPlaylist,
  type Segment,
  segmentS,
} from './playlist.ts';

/** The playlist for any web server, and the same for one that holds requests. */
export const playlistName = 'live.m3u8';
export const heldPlaylistName = 'held.m3u8';

/** So many segments are listed, and as many more kept for players that are late. */
const listed = 10;
const kept = 10;
const roundingS = 0.001;

export interface PackagerOptions {
  /** Its folder, which is there. */
  dir: string;
  onError: (error: unknown) => void;
}

interface Run {
  /** Epoch ms: makes the names of its files its own. */
  startedAt: number;
  init: string;
  /** When what is taken next was to be seen, in epoch ms. */
  takenAt: number;
}

/** What is gathered until it is long enough. */
interface OpenPart {
  takenAt: number;
  durationS: number;
  isIndependent: boolean;
  bytes: Buffer[];
}

/**
 * Writes fragments as parts and segments with their playlists (RFC 8216bis): plain files, none of
 * which changes or gives its name to another one, but for the playlists. They stand whole under
 * their names before a playlist names them.
 */
export class Packager {
  private readonly options: PackagerOptions;
  private readonly dropped: Segment[] = [];
  private segments: Segment[] = [];
  private bytes: Buffer[] = [];
  private sequence: number;
  private discontinuitySequence: number;
  private run: Run | null = null;
  private part: OpenPart | null = null;
  /** What comes does not go on from what came before. */
  private isBroken = true;
  private awaitsKeyFrame = true;
  private writing: Promise<void> = Promise.resolve();
  private isFailing = false;
  private isClosed = false;

  private constructor(
    options: PackagerOptions,
    numbers: Pick<Playlist, 'sequence' | 'discontinuitySequence'>,
  ) {
    this.options = options;
    this.sequence = numbers.sequence;
    this.discontinuitySequence = numbers.discontinuitySequence;
  }

  /**
   * Empties the folder: a player that comes now must not begin in an earlier broadcast. Its numbers
   * are gone on with, for players that were there before.
   */
  static async open(options: PackagerOptions): Promise<Packager> {
    const { dir } = options;
    const before = await readFile(join(dir, playlistName), 'utf8').catch(() => '');
    for (const name of await readdir(dir)) await rm(join(dir, name), { recursive: true });
    return new Packager(options, numbersAfter(before));
  }

  /** A new encoder's stream: its beginning, and when its first picture was taken, in epoch ms. */
  begin(bytes: Buffer, startedAt: number, takenAt: number): void {
    this.interrupt();
    const init = `${startedAt}.mp4`;
    this.run = { startedAt, init, takenAt };
    this.write(() => this.place(init, bytes));
  }

  /** The encoder has died, or something of its stream is missing: what comes next is another one. */
  interrupt(): void {
    this.endPart();
    this.part = null;
    const { open } = this;
    if (open) this.finish(open);
    this.isBroken = true;
    this.awaitsKeyFrame = true;
    if (open) this.publish();
  }

  take(fragment: Fragment): void {
    const { run } = this;
    if (run === null || this.isClosed) return;
    const { durationS, isIndependent, bytes } = fragment;
    const { takenAt } = run;
    run.takenAt += durationS * 1_000;
    // Longer than was promised: a player would run dry waiting for it.
    if (durationS > partTargetS) return this.interrupt();
    if (this.awaitsKeyFrame && !isIndependent) return;
    const isFull = this.part !== null && this.part.durationS + durationS > partTargetS;
    if (isIndependent || isFull) this.endPart();
    if (isIndependent && this.open) this.finish(this.open);
    const hasPicture = this.open !== null || (this.part?.durationS ?? 0) > 0;
    if (!hasPicture && !isIndependent && durationS > 0) return this.interrupt();
    this.awaitsKeyFrame = false;
    this.part ??= { takenAt, durationS: 0, isIndependent: false, bytes: [] };
    this.part.bytes.push(bytes);
    this.part.durationS += durationS;
    this.part.isIndependent ||= isIndependent;
    if (this.part.durationS > partS - roundingS) this.endPart();
  }

  /** Writes what was taken; ends the playlist where the broadcast `isOver`. Idempotent. */
  async close(isOver: boolean): Promise<void> {
    if (!this.isClosed) {
      if (isOver) this.endPart();
      if (this.open && isOver) this.finish(this.open);
      this.isClosed = true;
      if (isOver) this.publish();
    }
    await this.writing;
  }

  /** Resolves when all that was given so far stands on the disk. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private get open(): Segment | null {
    const last = this.segments.at(-1);
    return last && !last.isWhole ? last : null;
  }

  /** Publishes what has been gathered, unless that is sound alone: its pictures come next. */
  private endPart(): void {
    const { part, run } = this;
    if (part === null || run === null || part.durationS === 0) return;
    this.part = null;
    const segment = this.open ?? this.openSegment(run, part.takenAt);
    const { durationS, isIndependent } = part;
    const name = partName(segment, segment.parts.length);
    const bytes = Buffer.concat(part.bytes);
    segment.parts.push({ name, durationS, isIndependent });
    this.bytes.push(bytes);
    this.write(() => this.place(name, bytes));
    if (durationOf(segment) > segmentS - roundingS) this.finish(segment);
    this.publish();
  }

  private openSegment({ startedAt, init }: Run, takenAt: number): Segment {
    const number = this.sequence + this.segments.length;
    const segment: Segment = {
      name: segmentName(startedAt, number),
      init,
      // The first one of all follows nothing.
      isDiscontinuous: this.isBroken && number > 0,
      takenAt,
      parts: [],
      isWhole: false,
    };
    this.isBroken = false;
    this.segments.push(segment);
    return segment;
  }

  private finish(segment: Segment): void {
    segment.isWhole = true;
    const bytes = Buffer.concat(this.bytes.splice(0));
    this.write(() => this.place(segment.name, bytes));
    if (this.segments.length <= listed) return;
    const first = this.segments.shift()!;
    this.sequence += 1;
    // Counted once its tag is gone (§4.4.3.3).
    if (first.isDiscontinuous) this.discontinuitySequence += 1;
    this.dropped.push(first);
    const old = this.dropped.length > kept ? this.dropped.shift()! : null;
    if (old) this.write(() => this.remove(old));
  }

  private publish(): void {
    const [first] = this.segments;
    if (!first?.isWhole) return;
    const { sequence, discontinuitySequence, segments } = this;
    const numbers = { sequence, discontinuitySequence };
    const coming = { nextPart: this.nextPart(), isEnded: this.isClosed };
    const playlist = { ...numbers, segments, ...coming };
    const [plain, held] = [renderPlaylist(playlist, false), renderPlaylist(playlist, true)];
    this.write(async () => {
      await this.place(heldPlaylistName, held);
      await this.place(playlistName, plain);
    });
  }

  private nextPart(): string | null {
    if (this.isClosed || this.isBroken || this.run === null) return null;
    if (this.open) return partName(this.open, this.open.parts.length);
    const name = segmentName(this.run.startedAt, this.sequence + this.segments.length);
    return partName({ name }, 0);
  }

  private write(step: () => Promise<unknown>): void {
    this.writing = this.writing.then(step).then(
      () => void (this.isFailing = false),
      (error: unknown) => {
        // A full disk is told of once, not five times a second.
        if (!this.isFailing) this.options.onError(error);
        this.isFailing = true;
      },
    );
  }

  private async place(name: string, content: Buffer | string): Promise<void> {
    const path = join(this.options.dir, name);
    await writeFile(`${path}.next`, content);
    await rename(`${path}.next`, path);
  }

  private async remove({ name, parts, init }: Segment): Promise<void> {
    const { dir } = this.options;
    const isLast = ![...this.dropped, ...this.segments].some((one) => one.init === init);
    const names = [name, ...parts.map((part) => part.name), ...(isLast ? [init] : [])];
    for (const one of names) await rm(join(dir, one), { force: true });
  }
}

const segmentName = (startedAt: number, sequence: number) =>
  `${startedAt}-${String(sequence).padStart(6, '0')}.m4s`;

const partName = ({ name }: Pick<Segment, 'name'>, index: number) =>
  name.replace(/\.m4s$/, `-${index}.m4s`);
