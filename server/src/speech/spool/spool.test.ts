import { mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SoundClock } from '../tap/sound-clock.ts';
import { journalPath, Run, soundPath } from './run.ts';
import { readRun } from './run-journal.ts';
import { type Disk, SoundFile } from './sound-file.ts';
import type { SpoolError } from './spool-error.ts';
import { headerBytes } from './wav.ts';

const about = { dialogueId: 'd', bridgePointId: 'b', startedAt: 1_700_000_000_000 };
let dir: string;
let failures: SpoolError[];
const fail = (error: SpoolError) => failures.push(error);
const never = (error: unknown) => expect.fail(String(error));

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-spool-'));
  failures = [];
});
afterEach(() => rm(dir, { recursive: true }));

/** 20 ms of sound whose samples count on from `at`. */
const frame = (at: number) => Int16Array.from({ length: 320 }, (_, index) => (at + index) % 30_000);
const fill = (sound: { append(pcm: Int16Array): void; samples: number }, frames: number) => {
  for (let count = 0; count < frames; count += 1) sound.append(frame(sound.samples));
};

async function all(sound: Pick<SoundFile, 'samples' | 'read'>): Promise<number[]> {
  const heard: number[] = [];
  while (heard.length < sound.samples) heard.push(...(await sound.read(heard.length, 16_000)));
  return heard;
}
const counted = (samples: number) => Array.from({ length: samples }, (_, at) => at % 30_000);

it('keeps sound that is read as it grows, and is a WAV file at the end', async () => {
  const path = join(dir, 'a', 'run.wav');
  const sound = SoundFile.create(path, never);
  fill(sound, 7);
  expect(await all(sound)).toEqual(counted(7 * 320));
  fill(sound, 500);
  await sound.finish();
  expect(await all(sound)).toEqual(counted(507 * 320));
  await sound.close();
  const bytes = await readFile(path);
  expect(bytes.length).toBe(headerBytes + 507 * 640);
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  expect(bytes.readUInt32LE(40)).toBe(507 * 640);
});

it.each([
  { name: 'in the middle of a sample', bytes: headerBytes + 64_001, samples: 32_000 },
  { name: 'before its sound', bytes: headerBytes, samples: 0 },
  { name: 'in its header', bytes: 10, samples: 0 },
  { name: 'before anything', bytes: 0, samples: 0 },
])('makes a file whole that was cut off $name', async ({ bytes, samples }) => {
  const path = join(dir, 'run.wav');
  const sound = SoundFile.create(path, never);
  fill(sound, 200);
  await sound.finish();
  await sound.close();
  await truncate(path, bytes);
  const repaired = await SoundFile.repair(path);
  expect(await all(repaired)).toEqual(counted(samples));
  await repaired.close();
  const whole = await readFile(path);
  expect(whole.length).toBe(headerBytes + samples * 2);
  expect(whole.readUInt32LE(40)).toBe(samples * 2);
});

/** A disk that has room for so many bytes of sound. */
const small =
  (room: number) =>
  async (path: string): Promise<Disk> => {
    const file = await open(path, 'wx+');
    return {
      read: file.read.bind(file),
      datasync: () => file.datasync(),
      truncate: (length) => file.truncate(length),
      close: () => file.close(),
      write: async (bytes, from, length, at) => {
        const fits = Math.min(length, room - at);
        if (fits <= 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        return await file.write(bytes, from, fits, at);
      },
    };
  };

it('ends with what is whole when the disk is full, and says so once', async () => {
  const path = join(dir, 'run.wav');
  const sound = SoundFile.create(path, fail, small(headerBytes + 20_001));
  fill(sound, 100);
  await sound.finish();
  fill(sound, 100);
  expect(failures.map(({ failure }) => failure)).toEqual(['full']);
  expect(await all(sound)).toEqual(counted(sound.samples));
  await sound.close();
  const size = (await readFile(path)).length;
  expect(size).toBe(headerBytes + sound.samples * 2);
});

it('says so where no file can be made, and takes no more sound than memory is meant for', async () => {
  await writeFile(join(dir, 'd'), 'a file where the folder should be');
  const run = Run.create(dir, about, new SoundClock(), fail);
  fill(run, 10);
  await run.close();
  expect(failures.map(({ failure }) => failure)).toEqual(['failed']);
  const sound = SoundFile.create(join(dir, 'e'), fail, () => new Promise(() => {}));
  fill(sound, 50 * 40);
  expect(failures.map(({ failure }) => failure)).toEqual(['failed', 'slow']);
  expect(sound.samples).toBe(0);
});

it('knows after a crash what a run was, when it was spoken and how far it is done', async () => {
  const clock = new SoundClock();
  const run = Run.create(dir, about, clock, never);
  for (let half = 0; half < 50; half += 1) {
    clock.handleArrival(half * 8_000, about.startedAt + half * 500 + (half % 3) * 10);
    fill(run, 25);
    run.keepClock();
  }
  run.moveCursor({ to: 16_000, lineEnd: 15_000 });
  run.moveCursor({ to: 48_000, lineEnd: 47_000 });
  await run.end('stopped');
  await run.close();
  const { runId } = run.card;
  const path = journalPath(dir, 'd', runId);
  const journal = await readFile(path, 'utf8');
  // As it stood before the end, the last line cut short.
  await writeFile(path, `${journal.slice(0, journal.indexOf('\n{"kind":"end"'))}\n{"kind":"curs`);
  await truncate(soundPath(dir, 'd', runId), headerBytes + 24 * 32_000 + 1);

  const again = (await Run.open(dir, 'd', runId, never))!;
  expect(again.card).toEqual(run.card);
  expect(again.cursor).toEqual({ to: 48_000, lineEnd: 47_000 });
  expect(again.samples).toBe(24 * 16_000);
  expect(again.isEnded).toBe(true);
  for (const second of [0, 10, 21, 23]) {
    expect(again.clock.epochAt(second * 16_000)).toBeCloseTo(about.startedAt + second * 1_000, 0);
  }
  await again.close();
  expect((await readRun(path))?.end).toEqual({ samples: 24 * 16_000, reason: 'crash' });
});

it('wakes who waits for more sound, and for the end', async () => {
  const run = Run.create(dir, about, new SoundClock(), never);
  const grown = run.grown(0);
  fill(run, 1);
  await grown;
  const ended = run.grown(320);
  await run.end('offAir');
  await ended;
  expect(run.isEnded).toBe(true);
  await run.close();
});
