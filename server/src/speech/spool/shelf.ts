import { createReadStream } from 'node:fs';
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSound } from '../../dialogue/transcript/ports.ts';
import { readRun } from './run-journal.ts';
import { journalPath, soundPath } from './run.ts';
import { samplesIn } from './wav.ts';

/** A run on the disk. */
export interface RunName {
  dialogueId: string;
  runId: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** All runs below `dir`, also those of which a file is missing; none where there is no such folder. */
async function runsIn(dir: string): Promise<RunName[]> {
  const runs: RunName[] = [];
  for (const dialogueId of await namesIn(dir)) {
    if (!uuid.test(dialogueId)) continue;
    const names = await namesIn(join(dir, dialogueId));
    const stems = names.flatMap((name) => /^(.+)\.(?:jsonl|wav)$/.exec(name)?.[1] ?? []);
    for (const runId of new Set(stems)) if (uuid.test(runId)) runs.push({ dialogueId, runId });
  }
  return runs;
}

/** Those of which something is not transcribed yet, in the order in which they began. */
export async function unfinishedRuns(dir: string): Promise<RunName[]> {
  const unfinished: (RunName & { startedAt: number })[] = [];
  for (const { dialogueId, runId } of await runsIn(dir)) {
    const record = await readRun(journalPath(dir, dialogueId, runId));
    const size = await sizeOf(soundPath(dir, dialogueId, runId));
    if (record === null || size === null) continue;
    const { startedAt } = record.card;
    if (record.cursor.to < samplesIn(size)) unfinished.push({ dialogueId, runId, startedAt });
  }
  return unfinished.sort((a, b) => a.startedAt - b.startedAt);
}

/**
 * Removes runs whose sound ended before `before` (epoch ms), however often an engine has tried it
 * since; gives how many.
 */
export async function removeRuns(dir: string, before: number): Promise<number> {
  let removed = 0;
  for (const { dialogueId, runId } of await runsIn(dir)) {
    const [journal, sound] = [
      journalPath(dir, dialogueId, runId),
      soundPath(dir, dialogueId, runId),
    ];
    const endedAt = (await writtenAt(sound)) ?? (await writtenAt(journal));
    if (endedAt === null || endedAt >= before) continue;
    await rm(sound, { force: true });
    await rm(journal, { force: true });
    removed += 1;
    // Others of the dialogue may be there.
    await rmdir(join(dir, dialogueId)).catch(() => {});
  }
  return removed;
}

/** A run's sound as it is on this disk; null: there is none. */
export async function soundOf(
  dir: string,
  { dialogueId, runId }: RunName,
): Promise<RunSound | null> {
  if (!uuid.test(dialogueId) || !uuid.test(runId)) return null;
  const path = soundPath(dir, dialogueId, runId);
  const size = await sizeOf(path);
  if (size === null) return null;
  return { size, read: (start, to) => createReadStream(path, { start, end: to - 1 }) };
}

const namesIn = (dir: string): Promise<string[]> => readdir(dir).catch(() => []);

async function writtenAt(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? null;
}

async function sizeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.size ?? null;
}
