import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BroadcastCaptions } from '@nhip-cau/shared/protocol/recording';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DialogueState } from '../../dialogue/kernel/state.ts';
import { lineOf } from '../../dialogue/transcript/line.fixture.ts';
import { addTold } from '../../dialogue/transcript/window.ts';
import { CaptionFile, captionsName, toldMs } from './caption-file.ts';

const now = 1_700_000_000_000;
let dir: string;
let state: DialogueState;
let errors: unknown[];
let file: CaptionFile;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-captions-'));
  state = new DialogueState('d');
  errors = [];
  file = new CaptionFile({ dir, onError: (error) => errors.push(error), now: () => now });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** A line of the head table, said so many ms ago, told to everybody. */
function say(id: string, agoMs: number, more: Partial<Parameters<typeof lineOf>[0]> = {}) {
  const line = lineOf({ id, at: now - agoMs, text: `Lời ${id}.`, ...more });
  addTold(state, line);
  return line;
}
const told = async () => {
  const text = await readFile(join(dir, captionsName), 'utf8');
  return (JSON.parse(text) as BroadcastCaptions).captions.map((line) => line.text);
};

it('is there from the beginning, and has what was said in the last minute, in all tracks', async () => {
  file.open();
  await vi.waitFor(async () => expect(await told()).toEqual([]));
  say('cũ', toldMs + 1);
  say('a', 2_000);
  say('b', 1_000, { track: 'en' });
  say('trễ', 500, { isLate: true });
  file.handleState(state);
  await vi.waitFor(async () => expect(await told()).toEqual(['Lời a.', 'Lời b.']));
  await file.close();
  expect(await readdir(dir)).toEqual([captionsName]);
});

it('tells what is personal to nobody, and a correction at once', async () => {
  const line = say('a', 2_000, { text: 'Gọi 0912 345 678 nhé.' });
  file.handleState(state);
  file.open();
  await vi.waitFor(async () => expect(await told()).toEqual(['Gọi ••• nhé.']));
  Object.assign(line, { text: 'Gọi tôi nhé.', revision: 1 });
  file.handleState(state);
  await vi.waitFor(async () => expect(await told()).toEqual(['Gọi tôi nhé.']));
});

it('ends with the newest words when they come faster than the disk takes them', async () => {
  file.open();
  for (let number = 0; number < 20; number += 1) {
    say(`${number}`, 1_000 - number);
    file.handleState(state);
  }
  await vi.waitFor(async () => expect(await told()).toHaveLength(20));
});

it('tells once of a folder that is not there, and goes on when it is', async () => {
  await rm(dir, { recursive: true });
  file.open();
  await vi.waitFor(() => expect(errors).toHaveLength(1));
  say('a', 2_000);
  file.handleState(state);
  await file.close();
  expect(errors).toMatchObject([{ code: 'ENOENT' }]);
  await mkdir(dir);
  file.open();
  await vi.waitFor(async () => expect(await told()).toEqual(['Lời a.']));
});

it('writes nothing once it is closed', async () => {
  file.open();
  await file.close();
  say('a', 2_000);
  file.handleState(state);
  await file.close();
  expect(await told()).toEqual([]);
});
