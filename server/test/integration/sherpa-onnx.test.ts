import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleRate, type SpeechEngine } from '../../src/speech/engine.ts';
import { openSherpaEngine } from '../../src/speech/engines/sherpa/engine.ts';
import { SherpaFolder } from '../../src/speech/engines/sherpa/folder.ts';
import { EngineWitness, writeAll } from '../support/speech/engine-witness.ts';
import { keepLog } from '../support/speech/kept-log.ts';
import { sing, writeToneModel } from '../support/speech/tone-model.ts';

/* The real library, on a model that we make: it hears tones instead of words. */

let dir: string;
const engines: SpeechEngine[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-sherpa-'));
  await writeToneModel(join(dir, 'whole'), 'transducer');
  await writeToneModel(join(dir, 'stream'), 'streaming-transducer');
  await writeToneModel(join(dir, 'whole-hot'), 'transducer', { hotWords: true });
  await writeToneModel(join(dir, 'stream-hot'), 'streaming-transducer', { hotWords: true });
});

afterAll(async () => {
  for (const engine of engines) await engine.close();
  await rm(dir, { recursive: true, force: true });
});

async function hear(
  model: string,
  utterances: readonly Int16Array[],
  hotWords: readonly string[] = [],
) {
  const engine = await openSherpaEngine(join(dir, model), { log: keepLog() });
  engines.push(engine);
  const witness = new EngineWitness();
  const session = await engine.open({ language: 'vi', hotWords }, witness);
  for (const pcm of utterances) {
    await writeAll(session, pcm);
    session.endUtterance();
  }
  await session.finish();
  return witness;
}

const seconds = (samples: number) => samples / sampleRate;

test('a model that is put right later is found by the next look, and heard by', async () => {
  const later = join(dir, 'later');
  const engine = new SherpaFolder(later, keepLog());
  engines.push(engine);
  await expect(engine.look()).rejects.toThrow('speech-model.json: cannot be read (ENOENT)');
  const options = { language: 'vi', hotWords: [] };
  await expect(engine.open(options, new EngineWitness())).rejects.toThrow('cannot be read');
  await cp(join(dir, 'stream'), later, { recursive: true });
  await engine.look();
  expect(engine.wants).toBe('stream');
  (await engine.open(options, new EngineWitness())).close();
});

describe('a model of utterances', () => {
  test('writes what it heard, with the times and the confidence of each word', async () => {
    const first = sing([null, 0.4], ['MỘT', 0.6], [null, 0.2], ['HAI', 0.6], [null, 0.4]);
    const second = sing(['BA', 0.8], [null, 0.2]);
    const { texts, finals, settled } = await hear('whole', [first, second]);
    expect(texts).toEqual(['một hai', 'ba']);
    const [one, two] = finals[0]!.words!;
    expect(one!.text).toBe('một');
    expect(seconds(one!.start)).toBeCloseTo(0.4, 1);
    expect(two!.text).toBe('hai');
    expect(seconds(two!.start)).toBeCloseTo(1.2, 1);
    expect(seconds(finals[1]!.start)).toBeCloseTo(2.2, 1);
    expect(one!.confidence).toBeGreaterThan(0.9);
    expect(settled).toBe(first.length + second.length);
  });

  test('says nothing where nothing was said', async () => {
    const quiet = sing([null, 1]).map((_, at) => (at % 2 === 0 ? 40 : -40));
    expect(await hear('whole', [quiet])).toMatchObject({ finals: [], failures: [] });
  });
});

describe('a streaming model', () => {
  test('writes while it hears, ends an utterance at a pause, and times the next from the start', async () => {
    const speech = [
      sing([null, 0.5], ['MỘT', 0.6], ['HAI', 0.6], [null, 2]),
      sing(['BA', 0.6], ['MỘT', 0.6], [null, 0.2]),
    ];
    const { texts, partials, finals, settled } = await hear('stream', speech);
    expect(texts).toEqual(['một hai', 'ba một']);
    expect(partials.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['một', 'một hai', 'ba']),
    );
    expect(seconds(finals[0]!.start)).toBeCloseTo(0.5, 1);
    expect(seconds(finals[1]!.start)).toBeCloseTo(3.7, 1);
    expect(seconds(finals[1]!.words![1]!.start)).toBeCloseTo(4.3, 1);
    expect(settled).toBe(speech[0]!.length + speech[1]!.length);
  });
});

describe.each(['whole-hot', 'stream-hot'])('hot words, %s', (model) => {
  const speech = [sing([null, 0.4], ['PHƯỜNG', 0.6], ['HAI', 0.6], [null, 0.4])];

  test('make a word heard that is almost another', async () => {
    expect((await hear(model, speech)).texts).toEqual(['phương hai']);
    expect((await hear(model, speech, ['Phường', 'Hồng Lĩnh'])).texts).toEqual(['phường hai']);
  });

  test('that mean something to the library do it no harm', async () => {
    const odd = ['a:b', ':2', '#1 @x', 'và/hoặc', '  ', 'Phường\nHai'];
    expect((await hear(model, speech, odd)).failures).toEqual([]);
  });
});

test('two glossaries at once have a process each', async () => {
  const engine = await openSherpaEngine(join(dir, 'stream-hot'), { log: keepLog() });
  engines.push(engine);
  const speech = sing([null, 0.4], ['PHƯỜNG', 0.6], [null, 0.4]);
  const all = await Promise.all(
    [['Phường'], ['Hai']].map(async (hotWords) => {
      const witness = new EngineWitness();
      const session = await engine.open({ language: 'vi', hotWords }, witness);
      await writeAll(session, speech);
      await session.finish();
      return witness.texts;
    }),
  );
  expect(all).toEqual([['phường'], ['phương']]);
});

test('npm run speech -- check says that the folder is good', async () => {
  const program = fileURLToPath(new URL('../../speech-cli/main.ts', import.meta.url));
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [program, 'check', join(dir, 'stream-hot')]);
  expect(stdout).toMatch(/^name +tones\nkind +streaming-transducer \(hears a stream\)\n/);
  expect(stdout).toMatch(/\ngood\n$/);
});
