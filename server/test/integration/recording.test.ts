import { readdirSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTracks, type StoredTrack } from '../../src/recording/library.ts';
import { Recorder, tracksDir } from '../../src/recording/recorder.ts';
import { openRecordedDialogue, type RecordedDialogue } from '../support/recorded-dialogue.ts';

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
const endOf = ({ segments }: StoredTrack) => segments.at(-1)?.endMs ?? 0;

/** Resolves with the tracks once `count` of that hall have so many complete segments. */
async function segmentsOf(hall: string, count: number, segments: number): Promise<StoredTrack[]> {
  for (;;) {
    // What is being written is in no list yet.
    const tracks = (await readTracks(dir(), null)).filter(
      ({ bridgePointId, segments: own }) => bridgePointId === hall && own.length >= segments,
    );
    if (tracks.length >= count) return tracks;
    await delay(100);
  }
}

test('records what is on air, turn by turn, and stops when the disk is nearly full', async () => {
  const { dialogue, halls } = recorded;
  const { secretary } = dialogue;
  await dialogue.do(secretary, 'recording.start', {});
  await dialogue.do(secretary, 'dialogue.start', {});
  expect((await dialogue.state()).dialogue?.recordingSince).toBeTypeOf('number');

  await segmentsOf(halls.central, 2, 1);
  const calledAt = Date.now();
  await dialogue.do(secretary, 'floor.call', { questionId: await dialogue.accepted(1) });
  const [first] = await segmentsOf(halls.hall1, 2, 2);
  await dialogue.do(secretary, 'floor.call', { questionId: await dialogue.accepted(2) });
  await segmentsOf(halls.hall2, 2, 1);
  expect(first?.turnId).toBeTypeOf('string');
  expect(Math.abs(first!.startedAt - calledAt)).toBeLessThan(5_000);

  isFull = true;
  for (;;) {
    if ((await dialogue.state()).dialogue?.recordingSince === null) break;
    await delay(20);
  }
  expect(recorder.diskStatus.level).toBe('full');
  await recorder.settled();
  isFull = false;
  const tracks = await stored();
  expect(tracks.map(({ source }) => source).toSorted()).toEqual(
    Array.from({ length: 6 }, (_, index) => (index < 3 ? 'camera' : 'microphone')),
  );
  for (const { segments, bytes, points } of tracks) {
    expect(segments.length).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(1_000);
    expect(points.length).toBeGreaterThan(0);
    // One follows the other without a hole.
    for (const [index, { startMs }] of segments.entries()) {
      if (index > 0) expect(startMs).toBe(segments[index - 1]!.endMs);
    }
  }
  expect(failures).toEqual([]);
}, 120_000);

test('loses at most the last segment when ffmpeg is killed, and goes on', async () => {
  const { dialogue, halls } = recorded;
  await rm(dir(), { recursive: true, force: true });
  await dialogue.do(dialogue.secretary, 'recording.start', {});
  const [camera] = (await segmentsOf(halls.central, 2, 2)).filter(
    ({ source }) => source === 'camera',
  );
  const killedAt = Date.now();
  for (const pid of childrenOf(camera!.dir)) process.kill(pid, 'SIGKILL');
  const again = async () =>
    (await segmentsOf(halls.central, 3, 2)).find(
      ({ id, source }) => id !== camera!.id && source === 'camera',
    );
  const next = await again();
  await dialogue.do(dialogue.secretary, 'recording.stop', {});
  await recorder.settled();

  const before = (await stored()).find(({ id }) => id === camera!.id)!;
  const until = before.points[0]!.epochMs + endOf(before);
  // A segment is a second long, and begins with the key frame that comes each second.
  expect(killedAt - until).toBeLessThan(2_500);
  expect(next?.startedAt).toBeGreaterThanOrEqual(killedAt);
  expect(failures).toHaveLength(1);
}, 120_000);

/** Programs that work in that folder. */
function childrenOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => linkOf(`/proc/${name}/cwd`) === folder)
    .map(Number);
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    // Ended meanwhile, or somebody else's.
    return null;
  }
}
