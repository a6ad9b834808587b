import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Broadcaster } from '../../src/recording/broadcast/broadcaster.ts';
import { Programmes } from '../../src/recording/broadcast/programmes.ts';
import { runProgram } from '../../src/recording/ffmpeg.ts';
import {
  openRecordedDialogue,
  type RecordedDialogue,
  withoutTakenPorts,
} from '../support/recorded-dialogue.ts';
import { strongestChannel } from '../support/picture.ts';

let recorded: RecordedDialogue;
let broadcaster: Broadcaster;
let failures: unknown[];

beforeAll(async () => {
  recorded = await openRecordedDialogue();
  const { engine, media, ffmpeg, dir } = recorded;
  failures = [];
  const onError = (error: unknown) => failures.push(error);
  const programmes = new Programmes({ ffmpeg, onError });
  broadcaster = new Broadcaster({ ffmpeg, dir, programmes, onError });
  engine.onCommitted((state) => {
    programmes.handleState(state);
    broadcaster.handleState(state);
  });
  media.tap(programmes);
}, 120_000);

afterAll(async () => {
  await broadcaster.close();
  await recorded.close();
});

let folder: string;
const playlist = () => readFile(join(folder, 'live.m3u8'), 'utf8').catch(() => '');

interface Newest {
  file: string;
  name: string;
}

/** The newest segment with its beginning, as one file that can be played. */
async function newest(): Promise<Newest | null> {
  const text = await playlist();
  const init = /URI="([^"]+)"/.exec(text)?.[1];
  const name = text
    .trimEnd()
    .split('\n')
    .findLast((line) => line.endsWith('.m4s'));
  if (!init || !name) return null;
  const file = join(recorded.dir, 'segment.mp4');
  const parts = [init, name].map((part) => readFile(join(folder, part)));
  await writeFile(file, Buffer.concat(await Promise.all(parts)));
  return { file, name };
}

/** Resolves with a segment in which that colour is to be seen. */
async function shows(color: string): Promise<Newest> {
  for (let seen = ''; ; await delay(200)) {
    const segment = await newest();
    if (segment === null || segment.name === seen) continue;
    seen = segment.name;
    if ((await strongestChannel(recorded, segment.file, 0)) === color) return segment;
  }
}

test('the programme is a playlist that goes on whoever speaks, and ends', async () => {
  const { dialogue, ffmpeg } = recorded;
  const { secretary } = dialogue;
  await dialogue.do(secretary, 'broadcast.start', {});
  const { broadcastCode } = (await dialogue.state()).dialogue!;
  expect(broadcastCode).toMatch(/^[A-Z0-9]{8}$/);
  folder = join(recorded.dir, broadcastCode!);
  await dialogue.do(secretary, 'dialogue.start', {});

  await shows('green');
  await dialogue.do(secretary, 'floor.call', { questionId: await dialogue.accepted(1) });
  const first = await shows('red');
  await dialogue.do(secretary, 'floor.call', { questionId: await dialogue.accepted(2) });
  const second = await shows('blue');
  // One encoder, one beginning, and nothing that a player would have to start anew for.
  expect(second.name.split('-')[0]).toBe(first.name.split('-')[0]);
  const text = await playlist();
  expect(text).toContain('#EXT-X-MAP');
  expect(text).not.toContain('#EXT-X-DISCONTINUITY');
  expect(text).not.toContain('#EXT-X-ENDLIST');
  const streams = await runProgram(
    ffmpeg.ffprobe,
    ['-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0', second.file],
    { cwd: '/' },
  );
  expect(streams.trim().split('\n').toSorted()).toEqual(['aac', 'h264,1280,720']);
  const about = JSON.parse(await readFile(join(folder, 'about.json'), 'utf8')) as object;
  expect(about).toEqual({
    title: 'Đối thoại với nông dân',
    organiser: 'Thành phố',
    isLive: true,
  });

  await dialogue.do(secretary, 'dialogue.end', {});
  expect((await dialogue.state()).dialogue).toMatchObject({ broadcastSince: null, broadcastCode });
  await broadcaster.close();
  expect(await playlist()).toContain('#EXT-X-ENDLIST');
  expect(await readFile(join(folder, 'about.json'), 'utf8')).toContain('"isLive":false');
  expect(withoutTakenPorts(failures)).toEqual([]);
}, 240_000);
