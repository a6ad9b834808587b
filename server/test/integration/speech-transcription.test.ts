import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { ToneEngine } from '../support/tone-engine.ts';
import { sampleRate } from '../../src/speech/engine.ts';
import type { HeardLine } from '../../src/speech/ports.ts';
import { Run } from '../../src/speech/spool/run.ts';
import { SoundClock } from '../../src/speech/tap/sound-clock.ts';
import { Transcription } from '../../src/speech/transcription/transcription.ts';

/** A sample that kills whatever session hears it. */
const poison = 30_000;
let dir: string;
let clock: ManualClock;
let lines: HeardLine[];
let errors: string[];
let run: Run;
let isBroken: boolean;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-transcription-'));
  clock = new ManualClock(1_700_000_000_000);
  lines = [];
  errors = [];
  isBroken = false;
  const about = { dialogueId: 'd', bridgePointId: 'b', startedAt: clock.now() };
  const anchors = new SoundClock([{ sample: 0, epochMs: clock.now() }]);
  run = Run.create(dir, about, anchors, (error) => expect.fail(String(error)));
});
afterEach(async () => {
  await run.close();
  await rm(dir, { recursive: true });
});

const transcriptionOf = (of: Run) =>
  new Transcription({
    run: of,
    engine: new ToneEngine({
      onWrite: (pcm) => {
        if (isBroken || pcm.includes(poison)) throw new Error('it crashed');
      },
    }),
    language: 'vi',
    writer: { hotWords: async () => [], write: async (_id, { text }) => ({ text, words: null }) },
    sink: { hear: async (_id, line) => void lines.push(line), heardUntil: async () => null },
    clock,
    onPartial: () => {},
    onHeard: () => {},
    onError: (error) => errors.push((error as Error).message),
    random: () => 0.5,
  });

/** Half a second of tone, half a second of silence. */
const tone = (hz: number) =>
  Int16Array.from({ length: sampleRate }, (_, at) =>
    at < sampleRate / 2 ? Math.round(9_000 * Math.sin((2 * Math.PI * hz * at) / sampleRate)) : 0,
  );
const silence = (seconds: number) => new Int16Array(seconds * sampleRate);
const deadly = new Int16Array(320).fill(poison);
const append = (...pieces: Int16Array[]) => pieces.forEach((piece) => run.append(piece));

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    clock.pass(100);
    await new Promise(setImmediate);
  }
}
const texts = () => lines.map(({ text }) => text);

it('leaves sound out that no session outlives, with a line in its place, and goes on', async () => {
  append(tone(300), deadly, silence(12), tone(500));
  const transcription = transcriptionOf(run);
  const work = transcription.work();
  await until(() => lines.length === 3);
  expect(texts()).toEqual(['300', '[…]', '500']);
  const [, gap] = lines;
  expect(gap).toMatchObject({ raw: '[…]', confidence: 0, words: null });
  expect(gap!.audio.endMs - gap!.audio.startMs).toBe(10_000);
  expect(gap!.audio.startMs).toBeLessThanOrEqual(1_000);
  // The first of them heard what is before it.
  expect(errors.filter((message) => message === 'it crashed').length).toBe(8);
  expect(errors.at(-1)).toContain('left out');
  await run.end('offAir');
  expect(await work).toBe('done');
});

it('remembers of a run that has ended how often sessions died of it', async () => {
  append(tone(300), deadly, silence(12), tone(500));
  await run.end('offAir');
  await run.close();
  const failures: number[] = [];
  for (let result = 'later'; result === 'later';) {
    const again = await Run.open(dir, 'd', run.card.runId, () => {});
    failures.push(again!.failures);
    result = await transcriptionOf(again!).work();
    await again!.close();
  }
  expect(failures).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 0]);
  expect(texts()).toEqual(['300', '[…]', '500']);
});

it('leaves nothing out where it is the engine that fails on whatever it hears', async () => {
  append(tone(300));
  isBroken = true;
  const work = transcriptionOf(run).work();
  await until(() => errors.length === 20);
  expect(lines).toEqual([]);
  isBroken = false;
  await until(() => lines.length === 1);
  expect(texts()).toEqual(['300']);
  await run.end('offAir');
  expect(await work).toBe('done');
});
