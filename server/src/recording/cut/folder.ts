import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Span } from '@nhip-cau/shared/model/recording';
import type { CutStatus, RecordedFile } from '@nhip-cau/shared/protocol/recording';
import { dialogueDir } from '../recorder.ts';
import { filesName, spansName, writeJson } from './publish.ts';

const statusName = 'status.json';

/** Where the programme of one dialogue is, and where it is made. */
export class ProgrammeFolder {
  readonly dir: string;
  readonly workDir: string;

  /** `parent`: where all recordings are. */
  constructor(parent: string, dialogueId: string) {
    this.dir = join(dialogueDir(parent, dialogueId), 'programme');
    this.workDir = join(dialogueDir(parent, dialogueId), 'programme-work');
  }

  /** What was last written of its making; `null`: nothing. */
  readStatus(): Promise<CutStatus | null> {
    return readJson<CutStatus | null>(join(this.dir, statusName), null);
  }

  async writeStatus(status: CutStatus): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    await writeJson(join(this.dir, statusName), status);
  }

  /** The finished files; none before the first cut is done. */
  readFiles(): Promise<RecordedFile[]> {
    return readJson<RecordedFile[]>(join(this.dir, filesName), []);
  }

  /** What they show of the dialogue's time; nothing of a cut that was made before this was kept. */
  readSpans(): Promise<Span[]> {
    return readJson<Span[]>(join(this.dir, spansName), []);
  }
}

async function readJson<T>(path: string, otherwise: T): Promise<T> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return otherwise;
  }
}
