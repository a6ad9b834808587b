import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Anchor } from '../tap/sound-clock.ts';

/** One feed's sound from going on air until off air. */
export interface RunCard {
  runId: string;
  dialogueId: string;
  bridgePointId: string;
  /** When the first packet came, epoch ms. */
  startedAt: number;
}

/**
 * How far a run has been transcribed: all before sample `to` is done, and the last line ended at
 * `lineEnd` (0: none yet).
 */
export interface Cursor {
  to: number;
  lineEnd: number;
}

/** How many sessions in a row died of what comes at sample `at`. */
export interface Failures {
  at: number;
  count: number;
}

/** Why a run ended. `crash`: nobody wrote why. */
export type RunEnd = 'offAir' | 'stopped' | 'spool' | 'crash';

type Entry =
  | ({ kind: 'start' } & RunCard)
  | ({ kind: 'anchor' } & Anchor)
  | ({ kind: 'cursor' } & Cursor)
  | ({ kind: 'failure' } & Pick<Failures, 'at'>)
  | { kind: 'end'; samples: number; reason: RunEnd };

/** What a run's journal says. */
export interface RunRecord {
  card: RunCard;
  anchors: Anchor[];
  cursor: Cursor;
  failures: Failures;
  end: { samples: number; reason: RunEnd } | null;
}

/** The lines beside a run's sound, one JSON object each; what is later counts. */
export class RunJournal {
  private readonly opening: Promise<FileHandle>;
  private readonly onFailure: (error: unknown) => void;
  private writing: Promise<unknown>;

  /** Opens it, or makes it. `onFailure` is told of what cannot be written. */
  constructor(path: string, onFailure: (error: unknown) => void) {
    this.opening = openFile(path);
    this.onFailure = onFailure;
    this.writing = this.opening.catch(onFailure);
  }

  start(card: RunCard): void {
    this.add({ kind: 'start', ...card });
    // Without it a power cut leaves sound of which nobody knows what it is.
    void this.sync();
  }

  anchor(anchor: Anchor): void {
    this.add({ kind: 'anchor', ...anchor });
  }

  cursor(cursor: Cursor): void {
    this.add({ kind: 'cursor', ...cursor });
  }

  failure(at: number): void {
    this.add({ kind: 'failure', at });
  }

  end(samples: number, reason: RunEnd): void {
    this.add({ kind: 'end', samples, reason });
  }

  /** Resolves when what was added is on the disk, or could not be. */
  sync(): Promise<unknown> {
    return this.then((file) => file.datasync());
  }

  async close(): Promise<void> {
    await this.writing;
    await (await this.opening.catch(() => null))?.close();
  }

  private add(entry: Entry): void {
    // It begins with a new line, so that one cut short by a crash spoils itself alone.
    void this.then((file) => file.appendFile(`\n${JSON.stringify(entry)}`));
  }

  private then(work: (file: FileHandle) => Promise<void>): Promise<unknown> {
    return (this.writing = this.writing
      .then(() => this.opening)
      .then(work)
      .catch(this.onFailure));
  }
}

async function openFile(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return await open(path, 'a', 0o600);
}

/** What stands in a journal; `null` where it tells of no run, or is not there. */
export async function readRun(path: string): Promise<RunRecord | null> {
  let record: RunRecord | null = null;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  for (const line of text.split('\n')) {
    const entry = parse(line);
    if (entry === null) continue;
    if (entry.kind === 'start') {
      const { kind: _, ...card } = entry;
      const failures = { at: 0, count: 0 };
      record ??= { card, anchors: [], cursor: { to: 0, lineEnd: 0 }, failures, end: null };
    } else if (record) add(record, entry);
  }
  return record;
}

function add(record: RunRecord, entry: Exclude<Entry, { kind: 'start' }>): void {
  switch (entry.kind) {
    case 'anchor': {
      const { sample, epochMs } = entry;
      const last = record.anchors.at(-1);
      if (last?.sample === sample) last.epochMs = epochMs;
      else record.anchors.push({ sample, epochMs });
      return;
    }
    case 'cursor':
      record.cursor = { to: entry.to, lineEnd: entry.lineEnd };
      return;
    case 'failure':
      record.failures = { at: entry.at, count: failuresAt(record.failures, entry.at) + 1 };
      return;
    case 'end':
      record.end = { samples: entry.samples, reason: entry.reason };
  }
}

/** How many there were at that very place. */
export const failuresAt = ({ at, count }: Failures, place: number): number =>
  at === place ? count : 0;

function parse(line: string): Entry | null {
  if (line === '') return null;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    // Cut short by a crash.
    return null;
  }
}
