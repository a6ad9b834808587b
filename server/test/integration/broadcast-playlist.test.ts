import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkUpdate, readStrictly, type StrictPlaylist } from '../support/strict-playlist.ts';
import type { Fragment } from '../../src/recording/broadcast/fragments.ts';
import {
  heldPlaylistName,
  Packager,
  playlistName,
} from '../../src/recording/broadcast/packager.ts';

const startedAt = 1_700_000_000_000;
let dir: string;
let failures: unknown[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-packager-'));
  failures = [];
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
  expect(failures).toEqual([]);
});

const open = () => Packager.open({ dir, onError: (error) => failures.push(error) });
const bytesOf = (number: number) => Buffer.from(`fragment ${number};`);
const fragment = (number: number, durationS = 0.2, isIndependent = number % 5 === 0): Fragment => ({
  kind: 'fragment',
  bytes: bytesOf(number),
  durationS,
  isIndependent,
});
const text = (name = heldPlaylistName) => readFile(join(dir, name), 'utf8');

/** One playlist after each fragment, each checked alone and against the one before. */
async function follow(
  packager: Packager,
  numbers: readonly number[],
  from: StrictPlaylist | null = null,
): Promise<StrictPlaylist> {
  let last = from;
  for (const number of numbers) {
    packager.take(fragment(number));
    await packager.settled();
    const now = await text().then(readStrictly, () => null);
    if (now === null) continue;
    readStrictly(await text(playlistName));
    if (last) checkUpdate(last, now);
    last = now;
  }
  return last!;
}

const range = (from: number, until: number) =>
  Array.from({ length: until - from }, (_, index) => from + index);

describe('a run', () => {
  it('is parts as they come, and whole segments', async () => {
    const packager = await open();
    packager.begin(Buffer.from('init'), startedAt, startedAt + 500);
    const seen = await follow(packager, range(0, 12));
    expect(seen.segments.map(({ name, parts }) => [name, parts.length])).toEqual([
      [`${startedAt}-000000.m4s`, 5],
      [`${startedAt}-000001.m4s`, 5],
      [null, 2],
    ]);
    expect(seen.segments.map(({ takenAt }) => takenAt - startedAt)).toEqual([500, 1_500, 2_500]);
    expect(seen.hint).toBe(`${startedAt}-000002-2.m4s`);
    expect(seen.control.get('CAN-BLOCK-RELOAD')).toBe('YES');
    const plain = readStrictly(await text(playlistName));
    expect(plain).toMatchObject({ hint: null, segments: seen.segments });
    expect(plain.control.has('CAN-BLOCK-RELOAD')).toBe(false);
    const whole = Buffer.concat(range(5, 10).map(bytesOf));
    expect(await readFile(join(dir, seen.segments[1]!.name!))).toEqual(whole);
    expect(await readFile(join(dir, seen.segments[1]!.parts[3]!.name))).toEqual(bytesOf(8));
    expect(await readFile(join(dir, seen.segments[1]!.init), 'utf8')).toBe('init');
  });

  it('gathers pictures, and the sound between them, into parts', async () => {
    const packager = await open();
    packager.begin(Buffer.from('init'), startedAt, startedAt);
    const key = (number: number) => fragment(number, 0.04, number % 75 === 0);
    const sound = (number: number): Fragment => ({ ...fragment(number, 0, false) });
    // Three fragments a picture, with sound alone around it; what comes before the picture is lost.
    packager.take(sound(1_000));
    for (const number of range(0, 3 * 25 + 4)) {
      packager.take(number % 3 === 0 ? key(number) : sound(number));
    }
    await packager.settled();
    const { segments } = readStrictly(await text());
    expect(segments.map(({ parts }) => parts.length)).toEqual([5]);
    const [{ parts, name }] = segments as [StrictPlaylist['segments'][number]];
    expect(await readFile(join(dir, parts[0]!.name))).toEqual(
      Buffer.concat(range(0, 13).map(bytesOf)),
    );
    // What comes with the sound after the last picture goes to the next segment.
    expect(await readFile(join(dir, name!))).toEqual(Buffer.concat(range(0, 73).map(bytesOf)));
  });

  it('has no playlist before its first segment is whole', async () => {
    const packager = await open();
    packager.begin(Buffer.from('init'), startedAt, startedAt);
    for (const number of range(0, 4)) packager.take(fragment(number));
    await packager.settled();
    expect(await readdir(dir)).not.toContain(playlistName);
  });

  it('keeps what late players need, and deletes the rest', async () => {
    const packager = await open();
    packager.begin(Buffer.from('init'), startedAt, startedAt);
    const { sequence, segments } = await follow(packager, range(0, 5 * 40));
    expect(sequence).toBe(30);
    expect(segments).toHaveLength(10);
    expect(segments.map(({ parts }) => parts.length)).toEqual([0, 0, 0, 0, 0, 0, 5, 5, 5, 5]);
    const whole = (await readdir(dir)).filter((name) => /^\d+-\d+\.m4s$/.test(name)).sort();
    expect(whole).toHaveLength(20);
    expect(whole[0]).toBe(`${startedAt}-000020.m4s`);
    expect(await readdir(dir)).toContain(`${startedAt}.mp4`);
  });
});

describe('what does not fit together', () => {
  it('is told after an encoder died in the middle of a segment, and numbers go on', async () => {
    const packager = await open();
    packager.begin(Buffer.from('init'), startedAt, startedAt);
    const before = await follow(packager, range(0, 13));
    packager.interrupt();
    await packager.settled();
    const cut = readStrictly(await text());
    checkUpdate(before, cut);
    expect(cut).toMatchObject({ hint: null, isEnded: false });
    packager.begin(Buffer.from('another'), startedAt + 9_000, startedAt + 9_000);
    const after = await follow(packager, range(0, 7), cut);
    expect(after.segments.map(({ name, isDiscontinuous }) => [name, isDiscontinuous])).toEqual([
      [`${startedAt}-000000.m4s`, false],
      [`${startedAt}-000001.m4s`, false],
      [`${startedAt}-000002.m4s`, false],
      [`${startedAt + 9_000}-000003.m4s`, true],
      [null, false],
    ]);
    expect(after.segments.map(({ init }) => init)).toEqual([
      ...Array<string>(3).fill(`${startedAt}.mp4`),
      ...Array<string>(2).fill(`${startedAt + 9_000}.mp4`),
    ]);
    const later = await follow(packager, range(7, 5 * 30), after);
    expect(later.discontinuitySequence).toBe(1);
    expect(await readdir(dir)).not.toContain(`${startedAt}.mp4`);
  });

  it('is left out where a fragment is longer than was promised', async () => {
    const packager = await open();
    packager.begin(Buffer.from('init'), startedAt, startedAt);
    const before = await follow(packager, range(0, 7));
    packager.take(fragment(7, 0.6));
    packager.take(fragment(8));
    const after = await follow(packager, range(10, 16), before);
    expect(
      after.segments.map(({ parts, isDiscontinuous }) => [parts.length, isDiscontinuous]),
    ).toEqual([
      [5, false],
      [2, false],
      [5, true],
      [1, false],
    ]);
  });

  it('is a later broadcast of the same address, whose numbers go on', async () => {
    const first = await open();
    first.begin(Buffer.from('init'), startedAt, startedAt);
    const before = await follow(first, range(0, 5 * 13 + 2));
    await writeFile(join(dir, 'about.json'), '{}');
    const second = await open();
    expect(await readdir(dir)).toEqual([]);
    second.begin(Buffer.from('init'), startedAt + 60_000, startedAt + 60_000);
    const after = await follow(second, range(0, 5), before);
    expect(after.sequence).toBe(before.sequence + before.segments.length);
    expect(after).toMatchObject({
      discontinuitySequence: 0,
      segments: [{ isDiscontinuous: true }],
    });
  });
});

describe('the end', () => {
  it('is told once, with all that came', async () => {
    const packager = await open();
    packager.begin(Buffer.from('init'), startedAt, startedAt);
    const before = await follow(packager, range(0, 8));
    await packager.close(true);
    await packager.close(true);
    const after = readStrictly(await text());
    checkUpdate(before, after);
    expect(after).toMatchObject({ isEnded: true, hint: null });
    expect(after.segments.at(-1)).toMatchObject({
      name: `${startedAt}-000001.m4s`,
      durationS: 0.6,
    });
    packager.take(fragment(8));
    await packager.settled();
    expect(readStrictly(await text())).toEqual(after);
  });

  it('is not told where another node goes on', async () => {
    const packager = await open();
    packager.begin(Buffer.from('init'), startedAt, startedAt);
    const before = await follow(packager, range(0, 8));
    await packager.close(false);
    expect(readStrictly(await text())).toEqual(before);
  });
});

it('tells once of a folder that takes nothing', async () => {
  const packager = await open();
  await rm(dir, { recursive: true });
  packager.begin(Buffer.from('init'), startedAt, startedAt);
  for (const number of range(0, 12)) packager.take(fragment(number));
  await packager.close(true);
  expect(failures.splice(0)).toMatchObject([{ code: 'ENOENT' }]);
});
