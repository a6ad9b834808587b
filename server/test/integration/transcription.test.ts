import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { ToneEngine, type ToneEngineOptions } from '../support/tone-engine.ts';
import type { SpeechEngine } from '../../src/speech/engine.ts';
import type { HeardLine, LineWriter, TranscriptSink } from '../../src/speech/ports.ts';
import { Run } from '../../src/speech/spool/run.ts';
import { SoundClock } from '../../src/speech/tap/sound-clock.ts';
import { Transcription } from '../../src/speech/transcription/transcription.ts';

const second = 16_000;
const startedAt = 1_700_000_000_000;
const pitches = [300, 350, 400, 450, 500, 550, 600, 650, 700, 750];
const texts = pitches.map(String);

const never = (error: unknown) => expect.fail(String(error));

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-transcription-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** The log as the sink sees it: what it was told, and what stands in it, each line once. */
class Log implements TranscriptSink {
  readonly lines: HeardLine[] = [];
  /** Called after a line stands in the log and before whoever told it knows. */
  afterKept: (line: HeardLine) => void = () => {};
  before: (line: HeardLine) => void = () => {};
  tries = 0;

  async hear(_dialogueId: string, line: HeardLine): Promise<void> {
    this.tries += 1;
    this.before(line);
    if (!this.lines.some(({ lineId }) => lineId === line.lineId)) this.lines.push(line);
    this.afterKept(line);
  }

  async heardUntil(): Promise<number | null> {
    return this.lines.at(-1)?.audio.endMs ?? null;
  }

  get texts(): string[] {
    return this.lines.map(({ text }) => text);
  }
}

const writer: LineWriter = {
  hotWords: async () => ['Nà Phặc'],
  write: async (_dialogueId, { text, words, start }) => ({
    text,
    words:
      words?.map((word) => ({
        ...word,
        startMs: (word.start - start) / 16,
        endMs: (word.end - start) / 16,
      })) ?? null,
  }),
};

function createRun(): Run {
  const clock = new SoundClock();
  clock.handleArrival(0, startedAt);
  const about = { dialogueId: 'd', bridgePointId: 'b', startedAt };
  return Run.create(dir, about, clock, never);
}

/** For each pitch a second: half of it tone, half of it silence; in pieces of 20 ms. */
function speak(run: Run, hz: readonly number[] = pitches): void {
  for (const pitch of hz) {
    for (let at = 0; at < second; at += 320) {
      run.append(
        Int16Array.from({ length: 320 }, (_, index) =>
          at < second / 2 ? 9_000 * Math.sin((2 * Math.PI * pitch * (at + index)) / second) : 0,
        ),
      );
    }
  }
}

/** Lets what is under way come to rest, without time passing. */
async function rest(isDone: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(isDone()).toBe(true), { timeout: 10_000, interval: 5 });
}

function transcribe(run: Run, log: Log, engine: SpeechEngine, clock = new ManualClock(startedAt)) {
  const errors: unknown[] = [];
  const partials: ({ text: string; start: number } | null)[] = [];
  const transcription = new Transcription({
    run,
    engine,
    language: 'vi',
    writer,
    sink: log,
    clock,
    onPartial: (partial) => partials.push(partial),
    onHeard: () => {},
    onError: (error) => errors.push(error),
    random: () => 0,
  });
  return { transcription, work: transcription.work(), errors, partials, clock };
}

describe.each(['stream', 'utterances'] as const)('an engine that wants %s', (wants) => {
  it('hears all of a run, in order, and says where and when', async () => {
    const run = createRun();
    const log = new Log();
    const opened: unknown[] = [];
    const engine = new ToneEngine({ wants, onOpen: (options) => opened.push(options) });
    const { work } = transcribe(run, log, engine);
    speak(run);
    await run.end('offAir');
    expect(await work).toBe('done');
    expect(log.texts).toEqual(texts);
    for (const [index, { audio, startedAt: at, endedAt, isLate, words }] of log.lines.entries()) {
      expect(Math.abs(audio.startMs - index * 1_000)).toBeLessThan(10);
      expect(Math.abs(audio.endMs - index * 1_000 - 500)).toBeLessThan(10);
      expect(Math.abs(at - startedAt - index * 1_000)).toBeLessThan(10);
      expect(endedAt - at).toBe(audio.endMs - audio.startMs);
      expect(isLate).toBe(false);
      expect(words).toEqual([expect.objectContaining({ text: texts[index], startMs: 0 })]);
      expect(Math.abs(words![0]!.endMs - (endedAt - at))).toBeLessThanOrEqual(1);
    }
    expect(run.cursor.to).toBe(run.samples);
    expect(opened).toEqual([{ language: 'vi', hotWords: ['Nà Phặc'] }]);
    expect(engine.sessions.size).toBe(0);
    await run.close();
  });

  it('loses and doubles nothing when its sessions die between lines and within', async () => {
    const run = createRun();
    const log = new Log();
    let finals = 0;
    let written = 0;
    const engine = new ToneEngine({
      wants,
      beforeFinal: () => {
        finals += 1;
        if (finals % 3 === 0) throw new Error('dead before it said it');
      },
      onWrite: (pcm) => {
        written += pcm.length;
        if (written > 1.3 * second) {
          written = 0;
          throw new Error('dead in the middle');
        }
      },
    });
    const { work, clock, errors } = transcribe(run, log, engine);
    speak(run);
    let result: string | null = null;
    void work.then((is) => (result = is));
    await rest(() => {
      clock.pass(60_000);
      return log.texts.length === texts.length;
    });
    await run.end('offAir');
    await rest(() => (clock.pass(60_000), result !== null));
    expect(log.texts).toEqual(texts);
    expect(errors.length).toBeGreaterThan(3);
    await run.close();
  });
});

it('goes on after a crash at any line, with nothing lost or doubled', async () => {
  for (const crashAt of [0, 1, 4, 9]) {
    for (const when of ['before', 'afterKept'] as const) {
      const log = new Log();
      const first = createRun();
      const crashed = transcribe(first, log, new ToneEngine());
      // The process is gone: the log may have the line, the disk has nothing of it.
      log[when] = () => {
        if (log.lines.length < crashAt + (when === 'before' ? 0 : 1)) return;
        crashed.transcription.stop();
        throw new Error('gone');
      };
      speak(first);
      await first.end('stopped');
      expect(await crashed.work).toBe('stopped');
      await first.close();
      log[when] = () => {};

      const again = (await Run.open(dir, 'd', first.card.runId, never))!;
      expect(await transcribe(again, log, new ToneEngine()).work).toBe('done');
      expect(log.texts).toEqual(texts);
      await again.close();
    }
  }
});

it('tells the same line again while the log does not answer, and none before it', async () => {
  const run = createRun();
  const log = new Log();
  let refusals = 5;
  log.before = () => {
    if (refusals-- > 0) throw new Error('unavailable');
  };
  const { work, clock, errors } = transcribe(run, log, new ToneEngine());
  speak(run);
  await run.end('offAir');
  await rest(() => (clock.pass(30_000), log.texts.length === texts.length));
  expect(await work).toBe('done');
  expect(log.texts).toEqual(texts);
  expect(errors).toHaveLength(5);
  await run.close();
});

it('marks what is heard long after it was said', async () => {
  const run = createRun();
  speak(run);
  await run.end('stopped');
  const log = new Log();
  const clock = new ManualClock(startedAt + 15_000);
  expect(await transcribe(run, log, new ToneEngine(), clock).work).toBe('done');
  expect(log.lines.map(({ isLate }) => isLate)).toEqual(texts.map((_, index) => index < 5));
  await run.close();
});

it('gives a run up for later once it has ended and the engine is dead', async () => {
  const run = createRun();
  speak(run);
  const log = new Log();
  const dead: ToneEngineOptions = {
    onOpen: () => {
      throw new Error('not reachable');
    },
  };
  const { work, transcription, clock } = transcribe(run, log, new ToneEngine(dead));
  await rest(() => transcription.isDown);
  expect(transcription.behind).toBe(10 * second);
  await run.end('offAir');
  const timer = vi.waitFor(() => (clock.pass(30_000), expect(transcription.isDown).toBe(true)));
  expect(await work).toBe('later');
  await timer;
  await run.close();
});

it('ends an engine that says more than it was given', async () => {
  const run = createRun();
  const log = new Log();
  let opened = 0;
  const flooding: SpeechEngine = {
    name: 'flood',
    wants: 'stream',
    look: async () => {},
    close: async () => {},
    open: async (_options, listener) => {
      opened += 1;
      return {
        write: () => {
          for (let count = 0; count < 5_000; count += 1) {
            const end = count + 1;
            const rest = { confidence: null, words: null, speaker: null };
            listener.handleFinal({ text: `${count}`, start: count, end, ...rest });
          }
          return true;
        },
        drained: async () => {},
        endUtterance: () => {},
        finish: async () => {},
        close: () => {},
      };
    },
  };
  const { work, transcription } = transcribe(run, log, flooding);
  speak(run, [300]);
  await rest(() => transcription.isDown);
  expect(opened).toBe(1);
  expect(log.lines.length).toBeLessThanOrEqual(200);
  transcription.stop();
  expect(await work).toBe('stopped');
  await run.close();
});

it('shows what is being said, and no more once it is final', async () => {
  const run = createRun();
  const { work, partials } = transcribe(run, new Log(), new ToneEngine());
  speak(run, [300]);
  await run.end('offAir');
  await work;
  const first = partials.find((partial) => partial !== null);
  expect(first).toEqual({ text: '…', start: expect.any(Number) });
  expect(partials.at(-1)).toBe(null);
  await run.close();
});
