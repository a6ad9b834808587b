import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SoundClock } from '../tap/sound-clock.ts';
import { journalPath, Run, soundPath } from './run.ts';
import { removeRuns, soundOf, unfinishedRuns } from './shelf.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-shelf-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function runOf(dialogueId: string, startedAt: number, doneTo: number) {
  const about = { dialogueId, bridgePointId: randomUUID(), startedAt };
  const run = Run.create(dir, about, new SoundClock(), (error) => expect.fail(String(error)));
  run.append(new Int16Array(1_600));
  run.moveCursor({ to: doneTo, lineEnd: 0 });
  await run.end('offAir');
  await run.close();
  return { dialogueId, runId: run.card.runId };
}

it('finds what is not transcribed to its end, oldest first', async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const late = await runOf(one, 3_000, 800);
  await runOf(one, 1_000, 1_600);
  const early = await runOf(other, 2_000, 0);
  await mkdir(join(dir, 'not ours'));
  await writeFile(join(dir, one, 'notes.txt'), '');
  await writeFile(join(dir, one, `${randomUUID()}.jsonl`), '{"kind":"st');
  expect(await unfinishedRuns(dir)).toMatchObject([early, late]);
  expect(await unfinishedRuns(join(dir, 'nowhere'))).toEqual([]);
});

it('removes sound that ended long ago, with the folder once it is empty', async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const old = await runOf(one, 1_000, 0);
  const gone = await runOf(other, 1_000, 0);
  const kept = await runOf(one, 1_000, 0);
  const [silent, unknown] = [await runOf(one, 1_000, 0), await runOf(one, 1_000, 0)];
  await rm(soundPath(dir, one, silent.runId));
  await utimes(journalPath(dir, one, silent.runId), 100, 100);
  await rm(journalPath(dir, one, unknown.runId));
  for (const { dialogueId, runId } of [old, gone, unknown]) {
    await utimes(soundPath(dir, dialogueId, runId), 100, 100);
  }
  expect(await unfinishedRuns(dir)).toHaveLength(3);
  // It is tried once more, in vain.
  const tried = await Run.open(dir, old.dialogueId, old.runId, (error) => expect.fail(`${error}`));
  tried!.noteFailure();
  await tried!.close();
  expect(await removeRuns(dir, 200_000)).toBe(4);
  expect(await readdir(dir)).toEqual([one]);
  expect(await readdir(join(dir, one))).toHaveLength(2);
  expect(await soundOf(dir, old)).toBe(null);
  expect(await soundOf(dir, kept)).toMatchObject({ size: 44 + 3_200 });
});

it('names no file outside of its folder', async () => {
  await writeFile(join(dir, 'secret.wav'), 'x');
  expect(await soundOf(join(dir, 'speech'), { dialogueId: '..', runId: 'secret' })).toBe(null);
});
