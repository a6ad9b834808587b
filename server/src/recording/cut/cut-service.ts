import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CutStatus, RecordedFile } from '@nhip-cau/shared/protocol/recording';
import type { DialogueEngine } from '../../dialogue/kernel/engine.ts';
import type { LogReader } from '../../dialogue/kernel/ports.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import { buildRecord } from '../../dialogue/record/record.ts';
import { editListOf, editTypes, trimmed } from '../../dialogue/recording/edit-list.ts';
import type { Ffmpeg } from '../ffmpeg.ts';
import { readTracks } from '../library.ts';
import { dialogueDir, tracksDir } from '../recorder.ts';
import { type CutMaterial, cutProgramme } from './cut.ts';
import { spanOf } from './pieces.ts';
import { describeFiles, filesName, publish, writeJson } from './publish.ts';

export interface CutServiceOptions {
  /** `null`: not installed. */
  ffmpeg: Ffmpeg | null;
  /** Where all recordings are, a folder a dialogue. */
  dir: string;
  engine: Pick<DialogueEngine, 'read'>;
  logReader: LogReader;
  onStatus: (dialogueId: string, status: CutStatus) => void;
  onError: (error: unknown, dialogueId: string) => void;
}

/** A cut that waits or runs. */
interface Job {
  dialogueId: string;
  abort: AbortController;
  startedAt: number;
  /** How far an earlier run had come: what it did costs nothing now. */
  startedFrom: number | null;
}

const cancelled = Symbol('cancelled');
const interrupted = Symbol('interrupted');

/**
 * Makes programmes in the background, one at a time. What is asked for stands on the disk, so that
 * a restarted server goes on with it.
 */
export class CutService {
  private readonly options: CutServiceOptions;
  private readonly jobs = new Map<string, Job>();
  private readonly statuses = new Map<string, CutStatus>();
  private working: Promise<void> | null = null;
  private writing: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(options: CutServiceOptions) {
    this.options = options;
  }

  /** Goes on with what an earlier server was asked for and had not finished. */
  async open(): Promise<void> {
    const names = await readdir(this.options.dir).catch(() => []);
    for (const dialogueId of names) {
      const status = await this.readStatus(dialogueId);
      if (status === null) continue;
      this.statuses.set(dialogueId, status);
      const isOpen = status.state === 'waiting' || status.state === 'running';
      if (isOpen && this.options.ffmpeg !== null) this.enqueue(dialogueId);
    }
  }

  status(dialogueId: string): CutStatus | null {
    return this.statuses.get(dialogueId) ?? null;
  }

  /**
   * Makes the programme of that dialogue, anew where there is one. Throws `recording_unavailable`,
   * and `wrong_state` while it is recorded or one is being made.
   */
  async start(dialogueId: string): Promise<CutStatus> {
    if (this.options.ffmpeg === null) throw new Refusal('recording_unavailable');
    const state = await this.options.engine.read(dialogueId);
    const isRecording = typeof state?.dialogue?.recordingSince === 'number';
    if (isRecording || this.jobs.has(dialogueId)) {
      throw new Refusal('wrong_state', { state: isRecording ? 'recording' : 'running' });
    }
    const tracks = await readdir(tracksDir(this.options.dir, dialogueId)).catch(() => []);
    if (tracks.length === 0) throw new Refusal('not_found', { kind: 'recording' });
    this.setStatus(dialogueId, { state: 'waiting', progress: 0, remainingMs: null });
    this.enqueue(dialogueId);
    return this.statuses.get(dialogueId)!;
  }

  /** Ends one that waits or runs; what it has made so far is thrown away. */
  cancel(dialogueId: string): void {
    const job = this.jobs.get(dialogueId);
    if (!job) throw new Refusal('wrong_state', { state: 'idle', event: 'cancel' });
    job.abort.abort(cancelled);
    if (this.statuses.get(dialogueId)?.state === 'waiting') this.drop(job);
  }

  /** The finished files of a dialogue; none before the first cut is done. */
  async files(dialogueId: string): Promise<RecordedFile[]> {
    const list = join(this.programmeDir(dialogueId), filesName);
    try {
      return JSON.parse(await readFile(list, 'utf8')) as RecordedFile[];
    } catch {
      return [];
    }
  }

  /** A finished file, with its absolute path. Throws `not_found`. */
  async file(dialogueId: string, name: string): Promise<RecordedFile & { path: string }> {
    const file = (await this.files(dialogueId)).find((one) => one.name === name);
    if (!file) throw new Refusal('not_found', { kind: 'file' });
    return { ...file, path: join(this.programmeDir(dialogueId), file.name) };
  }

  /** Stops where it is; the next server goes on. Idempotent. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const { abort } of this.jobs.values()) abort.abort(interrupted);
    await this.working;
    await this.writing;
  }

  /** Resolves when nothing waits or runs. */
  async settled(): Promise<void> {
    await this.working;
  }

  private enqueue(dialogueId: string): void {
    const job: Job = {
      dialogueId,
      abort: new AbortController(),
      startedAt: Date.now(),
      startedFrom: null,
    };
    this.jobs.set(dialogueId, job);
    this.working ??= this.work().finally(() => (this.working = null));
  }

  private async work(): Promise<void> {
    for (let job = this.next(); job; job = this.next()) {
      try {
        await this.make(job);
      } catch (error) {
        await this.handleFailure(job, error);
      } finally {
        this.jobs.delete(job.dialogueId);
      }
    }
  }

  private next(): Job | undefined {
    return this.isClosed ? undefined : this.jobs.values().next().value;
  }

  private async make(job: Job): Promise<void> {
    const { dialogueId, abort } = job;
    const { ffmpeg } = this.options;
    if (ffmpeg === null) return;
    const material = await this.gather(dialogueId, ffmpeg);
    const workDir = this.workDir(dialogueId);
    job.startedAt = Date.now();
    this.setStatus(dialogueId, { state: 'running', progress: 0, remainingMs: null });
    const names = await cutProgramme(material, {
      ffmpeg,
      workDir,
      signal: abort.signal,
      onProgress: (progress) => this.report(job, progress),
    });
    const files = await describeFiles(ffmpeg, workDir, names);
    abort.signal.throwIfAborted();
    await publish(files, workDir, this.programmeDir(dialogueId));
    await rm(workDir, { recursive: true, force: true });
    this.setStatus(dialogueId, { state: 'done', progress: 1, remainingMs: 0 });
  }

  private async gather(dialogueId: string, ffmpeg: Ffmpeg): Promise<CutMaterial> {
    const { engine, logReader, dir } = this.options;
    const state = await engine.read(dialogueId);
    if (state === null) throw new Error('the dialogue is gone');
    const now = Date.now();
    const entries = await logReader.readEntries(dialogueId, { types: editTypes });
    const list = editListOf(entries, state.dialogue?.endedAt ?? now);
    if (list === null) throw new Error('the dialogue has not begun');
    const stored = await readTracks(tracksDir(dir, dialogueId), ffmpeg);
    const tracks = stored.filter(({ segments }) => segments.length > 0);
    const spans = tracks.map(spanOf);
    const from = Math.min(...spans.map((span) => span.from));
    const until = Math.max(...spans.map((span) => span.until));
    // Whoever gets the file reads what everybody may read.
    const record = buildRecord(state, 'public', now);
    return { list: trimmed(list, from, until), tracks, record };
  }

  private report(job: Job, progress: number): void {
    job.startedFrom ??= progress;
    const made = progress - job.startedFrom;
    const elapsedMs = Date.now() - job.startedAt;
    const remainingMs = made > 0.01 ? Math.round((elapsedMs / made) * (1 - progress)) : null;
    this.setStatus(job.dialogueId, { state: 'running', progress, remainingMs });
  }

  private async handleFailure(job: Job, error: unknown): Promise<void> {
    if (error === interrupted) return;
    if (error === cancelled) return this.drop(job);
    await rm(this.workDir(job.dialogueId), { recursive: true, force: true });
    this.setStatus(job.dialogueId, { state: 'failed', progress: 0, remainingMs: null });
    this.options.onError(error, job.dialogueId);
  }

  private async drop({ dialogueId }: Job): Promise<void> {
    this.jobs.delete(dialogueId);
    this.setStatus(dialogueId, { state: 'cancelled', progress: 0, remainingMs: null });
    await rm(this.workDir(dialogueId), { recursive: true, force: true });
  }

  private setStatus(dialogueId: string, status: Omit<CutStatus, 'at'>): void {
    const before = this.statuses.get(dialogueId);
    const now: CutStatus = { ...status, at: Date.now() };
    this.statuses.set(dialogueId, now);
    this.options.onStatus(dialogueId, now);
    if (before?.state === now.state) return;
    const file = this.statusFile(dialogueId);
    this.writing = this.writing
      .then(() => mkdir(this.programmeDir(dialogueId), { recursive: true }))
      .then(() => writeJson(file, now))
      .catch((error: unknown) => this.options.onError(error, dialogueId));
  }

  private async readStatus(dialogueId: string): Promise<CutStatus | null> {
    try {
      return JSON.parse(await readFile(this.statusFile(dialogueId), 'utf8')) as CutStatus;
    } catch {
      return null;
    }
  }

  private programmeDir(dialogueId: string): string {
    return join(dialogueDir(this.options.dir, dialogueId), 'programme');
  }

  private workDir(dialogueId: string): string {
    return join(dialogueDir(this.options.dir, dialogueId), 'programme-work');
  }

  private statusFile(dialogueId: string): string {
    return join(this.programmeDir(dialogueId), 'status.json');
  }
}
