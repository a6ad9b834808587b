import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { SoundClock } from '../tap/sound-clock.ts';
import {
  type Cursor,
  type Failures,
  failuresAt,
  type RunCard,
  type RunEnd,
  RunJournal,
  readRun,
} from './run-journal.ts';
import { SoundFile } from './sound-file.ts';
import { SpoolError } from './spool-error.ts';

/** A better anchor than the one that was written is worth a line from here on, in ms. */
const worthKeepingMs = 2;

export const soundPath = (dir: string, dialogueId: string, runId: string): string =>
  join(dir, dialogueId, `${runId}.wav`);
export const journalPath = (dir: string, dialogueId: string, runId: string): string =>
  join(dir, dialogueId, `${runId}.jsonl`);

interface Parts {
  card: RunCard;
  sound: SoundFile;
  journal: RunJournal;
  clock: SoundClock;
  cursor: Cursor;
  failures: Failures;
}

/**
 * One feed's sound on the disk, from going on air until off air, with how far it is transcribed: it
 * is the queue between the microphone and the engine, and it outlives both.
 */
export class Run {
  readonly card: RunCard;
  readonly clock: SoundClock;
  private readonly sound: SoundFile;
  private readonly journal: RunJournal;
  private done: Cursor;
  private failed: Failures;
  private keptAnchors = 0;
  private keptEpochMs = NaN;
  private ending: Promise<void> | null = null;
  private isOver = false;
  private waiting: (() => void)[] = [];

  private constructor({ card, sound, journal, clock, cursor, failures }: Parts) {
    this.card = card;
    this.sound = sound;
    this.journal = journal;
    this.clock = clock;
    this.done = cursor;
    this.failed = failures;
    this.keptAnchors = clock.anchors.length;
  }

  /**
   * A new one below `dir`, whose `clock` whoever appends keeps right. `onFailure` is told when it
   * can keep nothing more: then it is to be ended.
   */
  static create(
    dir: string,
    about: Omit<RunCard, 'runId'>,
    clock: SoundClock,
    onFailure: (error: SpoolError) => void,
  ): Run {
    const card = { runId: randomUUID(), ...about };
    const fail = once((error: unknown) => onFailure(SpoolError.of(error)));
    const journal = new RunJournal(journalPath(dir, card.dialogueId, card.runId), fail);
    const sound = SoundFile.create(soundPath(dir, card.dialogueId, card.runId), fail);
    journal.start(card);
    const cursor = { to: 0, lineEnd: 0 };
    return new Run({ card, sound, journal, clock, cursor, failures: { at: 0, count: 0 } });
  }

  /** One that stands on the disk and gets no more sound; `null` where its journal tells of none. */
  static async open(
    dir: string,
    dialogueId: string,
    runId: string,
    onFailure: (error: unknown) => void,
  ): Promise<Run | null> {
    const path = journalPath(dir, dialogueId, runId);
    const record = await readRun(path);
    if (record === null) return null;
    const { card, anchors, cursor, failures, end } = record;
    const sound = await SoundFile.repair(soundPath(dir, dialogueId, runId));
    const journal = new RunJournal(path, onFailure);
    if (end?.samples !== sound.samples) journal.end(sound.samples, end?.reason ?? 'crash');
    const clock = new SoundClock(
      anchors.length > 0 ? anchors : [{ sample: 0, epochMs: card.startedAt }],
    );
    const run = new Run({ card, sound, journal, clock, cursor, failures });
    run.isOver = true;
    return run;
  }

  get samples(): number {
    return this.sound.samples;
  }

  /** Whether no more sound comes. */
  get isEnded(): boolean {
    return this.isOver;
  }

  get cursor(): Cursor {
    return this.done;
  }

  /** `pcm` must not be changed any more. */
  append(pcm: Int16Array): void {
    if (this.isOver) return;
    this.sound.append(pcm);
    this.wake();
  }

  /** Sound from `from` (below `samples`) on, at least one sample and at most `max`. */
  read(from: number, max: number): Promise<Int16Array> {
    return this.sound.read(from, max);
  }

  /** The same where it is in memory; null where it is on the disk only. */
  recent(from: number, max: number): Int16Array | null {
    return this.sound.recent(from, max);
  }

  /** Resolves when there is sound behind `from`, and when no more comes. */
  async grown(from: number): Promise<void> {
    while (this.samples <= from && !this.isOver) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** All before it is done, for good; not kept, it is heard again after a crash. */
  moveCursor(cursor: Cursor, isKept = true): void {
    this.done = cursor;
    if (isKept) this.journal.cursor(cursor);
  }

  /** How many sessions died of what comes at the cursor. */
  get failures(): number {
    return failuresAt(this.failed, this.done.to);
  }

  /** One more has; it is not forgotten when the run is put aside. */
  noteFailure(): void {
    this.failed = { at: this.done.to, count: this.failures + 1 };
    this.journal.failure(this.done.to);
  }

  /** Writes what the clock has learnt. Call about once a second. */
  keepClock(): void {
    const { anchors } = this.clock;
    const isNew = anchors.length > this.keptAnchors;
    const last = anchors.at(-1);
    if (!last || (!isNew && Math.abs(last.epochMs - this.keptEpochMs) < worthKeepingMs)) return;
    for (const anchor of anchors.slice(Math.max(0, this.keptAnchors - 1)))
      this.journal.anchor(anchor);
    this.keptAnchors = anchors.length;
    this.keptEpochMs = last.epochMs;
  }

  /** No more sound comes: the file is made whole. Idempotent. */
  end(reason: RunEnd): Promise<void> {
    return (this.ending ??= this.finish(reason));
  }

  /** Ends it, where it is not, and closes its files. */
  async close(): Promise<void> {
    if (!this.isOver) await this.end('stopped');
    await this.ending;
    await Promise.all([this.sound.close(), this.journal.close()]);
  }

  private async finish(reason: RunEnd): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    this.keepClock();
    await this.sound.finish();
    this.journal.end(this.sound.samples, reason);
    await this.journal.sync();
    this.wake();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

function once<T>(call: (value: T) => void): (value: T) => void {
  let isCalled = false;
  return (value) => {
    if (isCalled) return;
    isCalled = true;
    call(value);
  };
}
