import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import type { BroadcastCaptions } from '@nhip-cau/shared/protocol/recording';
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
import { programsIn } from '../support/programs.ts';
import { checkUpdate, readStrictly, type StrictPlaylist } from '../support/strict-playlist.ts';

let recorded: RecordedDialogue;
let broadcaster: Broadcaster;
let failures: unknown[];

beforeAll(async () => {
  // A hall with a hardware encoder among them.
  recorded = await openRecordedDialogue({ h264: ['hall2'] });
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

/** For what takes a file's writing on a busy machine. */
const patience = { timeout: 30_000, interval: 50 };
let folder: string;
const last: Record<string, StrictPlaylist> = {};

/** The playlist as it stands, after a strict look at it and at its change; empty before the first. */
async function playlist(name = 'live.m3u8'): Promise<string> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => '');
  if (text === '') return text;
  const now = readStrictly(text);
  if (last[name]) checkUpdate(last[name], now);
  last[name] = now;
  return text;
}

interface Newest {
  file: string;
  name: string;
}

/** The newest segment with its beginning, as one file that can be played. */
async function newest(): Promise<Newest | null> {
  await playlist('held.m3u8');
  await playlist();
  const whole = last['live.m3u8']?.segments.findLast((segment) => segment.name !== null);
  if (!whole) return null;
  const { init } = whole;
  const name = whole.name!;
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
  // From H.264, over a conversion of its own that is there only now.
  const second = await shows('blue');
  // One encoder, one beginning, and nothing that a player would have to start anew for.
  expect(second.name.split('-')[0]).toBe(first.name.split('-')[0]);
  const text = await playlist();
  expect(text).toContain('#EXT-X-MAP');
  expect(text).not.toMatch(/^#EXT-X-DISCONTINUITY$/m);
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

  const lineId = randomUUID();
  const said = 'Số của tôi là 0912 345 678, tôi ở thôn Đoài.';
  const told = async (): Promise<CaptionFact[]> => {
    const text = await readFile(join(folder, 'captions.json'), 'utf8');
    return (JSON.parse(text) as BroadcastCaptions).captions;
  };
  await expect.poll(told, patience).toEqual([]);
  await dialogue.do(secretary, 'transcript.add', { lineId, text: said, speaker: 'turn' });
  await expect.poll(told, patience).toMatchObject([{ id: lineId, isCorrected: false }]);
  const [line] = await told();
  expect(line!.text).not.toMatch(/0912|345|678/);
  expect(line!.text).toContain('thôn Đoài');

  for (const pid of programsIn(folder)) process.kill(pid, 'SIGKILL');
  const firstInit = last['live.m3u8']!.segments[0]!.init;
  for (;;) {
    const next = await shows('blue');
    if (next.name.split('-')[0] !== firstInit.split('.')[0]) break;
  }
  const broken = last['live.m3u8']!.segments.filter(({ isDiscontinuous }) => isDiscontinuous);
  expect(broken).toHaveLength(1);
  expect(last['held.m3u8']!.hint).toMatch(/^\d+-\d+-\d+\.m4s$/);
  expect(failures.splice(0).map(String)).toContainEqual(
    expect.stringContaining("the broadcast's ffmpeg ended"),
  );

  await dialogue.do(secretary, 'transcript.remove', { lineId, revision: 0 });
  await expect.poll(told, patience).toEqual([]);

  await dialogue.do(secretary, 'dialogue.end', {});
  expect((await dialogue.state()).dialogue).toMatchObject({ broadcastSince: null, broadcastCode });
  await broadcaster.close();
  expect(await playlist()).toContain('#EXT-X-ENDLIST');
  expect(await readFile(join(folder, 'about.json'), 'utf8')).toContain('"isLive":false');
  expect(withoutTakenPorts(failures)).toEqual([]);
}, 240_000);
