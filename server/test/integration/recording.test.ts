import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTracks, type StoredTrack } from '../../src/recording/library.ts';
import { Recorder, tracksDir } from '../../src/recording/recorder.ts';
import { programsIn } from '../support/programs.ts';
import {
  openRecordedDialogue,
  type RecordedDialogue,
  withoutTakenPorts,
} from '../support/recorded-dialogue.ts';

let recorded: RecordedDialogue;
let recorder: Recorder;
let failures: unknown[];
let isFull = false;

beforeAll(async () => {
  recorded = await openRecordedDialogue();
  const { engine, dir, ffmpeg, media } = recorded;
  failures = [];
  recorder = new Recorder({
    ffmpeg,
    dir,
    segmentSeconds: 1,
    disk: { warnBytes: 200, warnMinutes: 0, floorBytes: 100 },
    engine,
    onSignal: () => {},
    onError: (error) => failures.push(error),
    freeBytes: () => Promise.resolve(isFull ? 50 : 1_000),
    watchMs: 50,
  });
  await recorder.open();
  engine.onCommitted((state) => recorder.handleState(state));
  media.tap(recorder);
}, 120_000);

afterAll(async () => {
  await recorder.close();
  await recorded.close();
});

const dir = () => tracksDir(recorded.dir, recorded.dialogue.id);
const stored = () => readTracks(dir(), recorded.ffmpeg);
const sourcesOf = (tracks: readonly StoredTrack[]) =>
  new Set(tracks.map(({ bridgePointId, source }) => `${bridgePointId} ${source}`));

/** Resolves with a hall's camera and microphone once each has so many complete segments. */
async function segmentsOf(
  hall: string,
  segments: number,
  isWanted: (track: StoredTrack) => boolean = () => true,
): Promise<StoredTrack[]> {
  for (;;) {
    // What is being written is in no list yet.
    const tracks = (await readTracks(dir(), null)).filter(
      (track) =>
        track.bridgePointId === hall && track.segments.length >= segments && isWanted(track),
    );
    if (sourcesOf(tracks).size === 2) return tracks;
    await delay(100);
  }
}

test('records what is on air, turn by turn, and stops when the disk is nearly full', async () => {
  const { dialogue, halls } = recorded;
  const { secretary } = dialogue;
  await dialogue.do(secretary, 'recording.start', {});
  await dialogue.do(secretary, 'dialogue.start', {});
  expect((await dialogue.state()).dialogue?.recordingSince).toBeTypeOf('number');

  await segmentsOf(halls.central, 1);
  const calledAt = Date.now();
  await dialogue.do(secretary, 'floor.call', { questionId: await dialogue.accepted(1) });
  const [first] = await segmentsOf(halls.hall1, 2);
  await dialogue.do(secretary, 'floor.call', { questionId: await dialogue.accepted(2) });
  await segmentsOf(halls.hall2, 1);
  expect(first?.turnId).toBeTypeOf('string');
  expect(first!.startedAt).toBeGreaterThanOrEqual(calledAt);

  isFull = true;
  for (;;) {
    if ((await dialogue.state()).dialogue?.recordingSince === null) break;
    await delay(20);
  }
  expect(recorder.diskStatus.level).toBe('full');
  await recorder.settled();
  isFull = false;
  const tracks = (await stored()).filter(({ segments }) => segments.length > 0);
  expect(sourcesOf(tracks)).toEqual(
    new Set(Object.values(halls).flatMap((hall) => [`${hall} camera`, `${hall} microphone`])),
  );
  for (const { bytes, points } of tracks) {
    expect(bytes).toBeGreaterThan(1_000);
    expect(points.length).toBeGreaterThan(0);
  }
  // One follows the other without a hole.
  for (const { segments } of await readTracks(dir(), null)) {
    for (const [index, { startMs }] of segments.entries()) {
      if (index > 0) expect(startMs).toBe(segments[index - 1]!.endMs);
    }
  }
  expect(withoutTakenPorts(failures)).toEqual([]);
}, 240_000);

test('loses at most the last segment when ffmpeg is killed, and goes on', async () => {
  const { dialogue, halls } = recorded;
  await rm(dir(), { recursive: true, force: true });
  failures.length = 0;
  await dialogue.do(dialogue.secretary, 'recording.start', {});
  const camera = (await segmentsOf(halls.central, 2)).find(({ source }) => source === 'camera')!;
  for (const pid of programsIn(camera.dir)) process.kill(pid, 'SIGKILL');
  const begun = readdirSync(camera.dir).filter((name) => name.endsWith('.mkv')).length;
  // The microphone goes on in its folder; a camera is in another now.
  const isNext = ({ id, source }: StoredTrack) => source !== 'camera' || id > camera.id;
  const next = (await segmentsOf(halls.central, 2, isNext)).find(
    ({ source }) => source === 'camera',
  )!;
  await dialogue.do(dialogue.secretary, 'recording.stop', {});
  await recorder.settled();

  const before = (await stored()).find(({ id }) => id === camera.id)!;
  expect(before.segments.length).toBeGreaterThanOrEqual(begun - 1);
  expect(before.segments.slice(0, camera.segments.length)).toEqual(camera.segments);
  expect(next.startedAt).toBeGreaterThan(camera.startedAt);
  expect(withoutTakenPorts(failures)).toHaveLength(1);
}, 240_000);
