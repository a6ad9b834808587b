import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { joinedSpans } from '@nhip-cau/shared/model/recording';
import type { CutStatus, RecordedFile, RecordingBody } from '@nhip-cau/shared/protocol/recording';
import type { DialogueEngine } from '../../dialogue/kernel/engine.ts';
import type { LogReader } from '../../dialogue/kernel/ports.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { Bus, Lease, Leases } from '../../dialogue/nodes/ports.ts';
import type { Ffmpeg } from '../ffmpeg.ts';
import { tracksDir } from '../recorder.ts';
import { cutProgramme } from './cut.ts';
import { ProgrammeFolder } from './folder.ts';
import { gatherMaterial } from './material.ts';
import { describeFiles, publish } from './publish.ts';

export interface CutServiceOptions {
  /** `null`: not installed. */
  ffmpeg: Ffmpeg | null;
  /** Where all recordings are, a folder a dialogue. */
  dir: string;
  engine: Pick<DialogueEngine, 'read'>;
  logReader: LogReader;
  leases: Leases;
  bus: Pick<Bus, 'isUp' | 'publish' | 'subscribe'>;
  onStatus: (dialogueId: string, status: CutStatus) => void;
  onError: (error: unknown, dialogueId: string) => void;
  /** How often it looks for programmes that another node has left unfinished, in ms. */
  lookMs?: number;
}

/** A cut that waits or runs. */
interface Job {
  dialogueId: string;
  /** No other node makes the same programme. */
  lease: Lease;
  abort: AbortController;
  startedAt: number;
  /** How far an earlier run had come: what it did costs nothing now. */
  startedFrom: number | null;
}

const cancelled = Symbol('cancelled');
const interrupted = Symbol('interrupted');
const isUnfinished = (status: CutStatus | null | undefined) =>
  status?.state === 'waiting' || status?.state === 'running';

/**
 * Makes programmes in the background, one at a time, and each on one node alone. What is asked for
 * stands on the disk, so that a restarted server, or another node of the same disk, goes on with it.
 */
export class CutService {
  private readonly options: CutServiceOptions;
  private readonly jobs = new Map<string, Job>();
  private readonly statuses = new Map<string, CutStatus>();
  private current: Job | null = null;
  private working: Promise<void> | null = null;
  private writing: Promise<unknown> = Promise.resolve();
  private looking: NodeJS.Timeout | null = null;
  private endListening = () => {};
  private isClosed = false;

  constructor(options: CutServiceOptions) {
    this.options = options;
  }

  /** Goes on with what an earlier server was asked for and had not finished. */
  async open(): Promise<void> {
    const { dir, bus, lookMs = 5_000 } = this.options;
    for (const dialogueId of await readdir(dir).catch(() => [])) {
      const status = await this.folder(dialogueId).readStatus();
      if (status !== null) this.statuses.set(dialogueId, status);
    }
    this.endListening = bus.subscribe('cuts', ({ dialogueId, status }) => {
      const job = this.jobs.get(dialogueId);
      if (status !== null && !job) this.adopt(dialogueId, status);
      if (status === null && job) this.stop(job, cancelled);
    });
    await this.look();
    const look = () => void this.look().catch((error: unknown) => this.options.onError(error, ''));
    this.looking = setInterval(look, lookMs).unref();
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
    const lease = await this.acquire(dialogueId);
    if (lease === null) {
      // No other node can be asked whether it makes this one.
      if (!this.options.bus.isUp) throw new Refusal('unavailable');
      throw new Refusal('wrong_state', { state: 'running' });
    }
    this.setStatus(dialogueId, { state: 'waiting', progress: 0, remainingMs: null });
    this.enqueue(dialogueId, lease);
    return this.statuses.get(dialogueId)!;
  }

  /** Ends one that waits or runs, on whichever node; what it has made so far is thrown away. */
  cancel(dialogueId: string): void {
    const job = this.jobs.get(dialogueId);
    if (!job && !isUnfinished(this.statuses.get(dialogueId))) {
      throw new Refusal('wrong_state', { state: 'idle', event: 'cancel' });
    }
    if (job) this.stop(job, cancelled);
    else void this.cancelElsewhere(dialogueId);
  }

  /** The finished files of a dialogue, and what they show; none before the first cut is done. */
  async programme(dialogueId: string): Promise<Pick<RecordingBody, 'files' | 'spans'>> {
    const folder = this.folder(dialogueId);
    const [files, spans] = await Promise.all([folder.readFiles(), folder.readSpans()]);
    return { files, spans: files.length === 0 ? [] : spans };
  }

  /** A finished file, with its absolute path. Throws `not_found`. */
  async file(dialogueId: string, name: string): Promise<RecordedFile & { path: string }> {
    const files = await this.folder(dialogueId).readFiles();
    const file = files.find((one) => one.name === name);
    if (!file) throw new Refusal('not_found', { kind: 'file' });
    return { ...file, path: join(this.folder(dialogueId).dir, file.name) };
  }

  /** Stops where it is; the next server goes on. Idempotent. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.endListening();
    if (this.looking) clearInterval(this.looking);
    for (const { abort } of this.jobs.values()) abort.abort(interrupted);
    await this.working;
    await this.writing;
    await Promise.all([...this.jobs.values()].map(({ lease }) => lease.release()));
    this.jobs.clear();
  }

  /** Resolves when nothing waits or runs. */
  async settled(): Promise<void> {
    await this.working;
  }

  private acquire(dialogueId: string): Promise<Lease | null> {
    return this.options.leases.acquire(`cut:${dialogueId}`);
  }

  /** Takes over what nobody makes, and learns what has become of what others made. */
  private async look(): Promise<void> {
    for (const [dialogueId, status] of [...this.statuses]) {
      if (!isUnfinished(status) || this.jobs.has(dialogueId) || this.isClosed) continue;
      const lease = this.options.ffmpeg && (await this.acquire(dialogueId));
      const now = await this.folder(dialogueId).readStatus();
      if (now !== null && now.state !== status.state) this.adopt(dialogueId, now);
      if (lease === null) continue;
      if (isUnfinished(now) && !this.isClosed) this.enqueue(dialogueId, lease);
      else await lease.release();
    }
  }

  private adopt(dialogueId: string, status: CutStatus): void {
    this.statuses.set(dialogueId, status);
    this.options.onStatus(dialogueId, status);
  }

  private async cancelElsewhere(dialogueId: string): Promise<void> {
    const lease = await this.acquire(dialogueId);
    if (lease === null) this.options.bus.publish('cuts', { dialogueId, status: null });
    else await this.drop(this.enqueued(dialogueId, lease));
  }

  private enqueued(dialogueId: string, lease: Lease): Job {
    const job: Job = {
      dialogueId,
      lease,
      abort: new AbortController(),
      startedAt: Date.now(),
      startedFrom: null,
    };
    lease.onLost(() => this.stop(job, interrupted));
    this.jobs.set(dialogueId, job);
    return job;
  }

  private enqueue(dialogueId: string, lease: Lease): void {
    this.enqueued(dialogueId, lease);
    this.working ??= this.work().finally(() => (this.working = null));
  }

  /** Ends one that runs, or forgets one that waits. */
  private stop(job: Job, why: symbol): void {
    job.abort.abort(why);
    if (job === this.current) return;
    void (why === cancelled ? this.drop(job) : this.giveUp(job));
  }

  private async work(): Promise<void> {
    for (let job = this.next(); job; job = this.next()) {
      this.current = job;
      try {
        await this.make(job);
      } catch (error) {
        await this.handleFailure(job, error);
      } finally {
        await this.giveUp(job);
        this.current = null;
      }
    }
  }

  private async giveUp(job: Job): Promise<void> {
    // Whoever holds the lease next reads on the disk what has become of it.
    await this.writing;
    // Given up before, it may have been asked for again since.
    if (this.jobs.get(job.dialogueId) === job) this.jobs.delete(job.dialogueId);
    await job.lease.release();
  }

  private next(): Job | undefined {
    if (this.isClosed) return undefined;
    return [...this.jobs.values()].find(({ abort }) => !abort.signal.aborted);
  }

  private async make(job: Job): Promise<void> {
    const { dialogueId, abort } = job;
    const { ffmpeg } = this.options;
    if (ffmpeg === null) return;
    const material = await gatherMaterial(this.options, dialogueId, ffmpeg);
    abort.signal.throwIfAborted();
    const { dir, workDir } = this.folder(dialogueId);
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
    if (!job.lease.isHeld) throw interrupted;
    await publish(files, joinedSpans(material.list.scenes), workDir, dir);
    await rm(workDir, { recursive: true, force: true });
    this.setStatus(dialogueId, { state: 'done', progress: 1, remainingMs: 0 });
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
    await rm(this.folder(job.dialogueId).workDir, { recursive: true, force: true });
    this.setStatus(job.dialogueId, { state: 'failed', progress: 0, remainingMs: null });
    this.options.onError(error, job.dialogueId);
  }

  private async drop(job: Job): Promise<void> {
    const { dialogueId } = job;
    this.setStatus(dialogueId, { state: 'cancelled', progress: 0, remainingMs: null });
    await rm(this.folder(dialogueId).workDir, { recursive: true, force: true });
    await this.giveUp(job);
  }

  private setStatus(dialogueId: string, status: Omit<CutStatus, 'at'>): void {
    const before = this.statuses.get(dialogueId);
    const now: CutStatus = { ...status, at: Date.now() };
    this.statuses.set(dialogueId, now);
    this.options.onStatus(dialogueId, now);
    this.options.bus.publish('cuts', { dialogueId, status: now });
    if (before?.state === now.state) return;
    this.writing = this.writing
      .then(() => this.folder(dialogueId).writeStatus(now))
      .catch((error: unknown) => this.options.onError(error, dialogueId));
  }

  private folder(dialogueId: string): ProgrammeFolder {
    return new ProgrammeFolder(this.options.dir, dialogueId);
  }
}
