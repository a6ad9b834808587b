import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { soundWithin } from '../../speech-cli/sound.ts';
import { phrases, realEngine, speak } from '../support/speech/spoken.ts';

const program = fileURLToPath(new URL('../../speech-cli/main.ts', import.meta.url));
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-speech-'));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

/** What the program prints, and how it ends. */
function run(...args: string[]): Promise<{ code: unknown; output: string; words: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, output, words) => {
      resolve({ code: error ? error.code : 0, output, words });
    });
  });
}

/** The finals that it prints as JSON. */
async function hear(engine: string, file: string) {
  const { code, output, words } = await run('transcribe', '--json', engine, file);
  expect(code, words).toBe(0);
  const lines = output.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as { final: string; start: number; end: number });
}

describe('transcribe', () => {
  test('real speech comes out as it was spoken, at its times, whatever the file is', async () => {
    const file = join(dir, 'hall.wav');
    await speak(phrases, file, { sampleRate: 44_100, channels: 2 });
    const finals = await hear(realEngine(), file);
    expect(finals.map(({ final }) => final)).toEqual(phrases);
    expect(finals[0]!.start).toBeGreaterThan(0.8);
    expect(finals[0]!.start).toBeLessThan(1.3);
    for (const [index, { start, end }] of finals.entries()) {
      expect(end - start).toBeGreaterThan(0.5);
      expect(end - start).toBeLessThan(3);
      if (index > 0) expect(start - finals[index - 1]!.end).toBeGreaterThan(0.7);
    }
  });

  test('the same by utterances, cut by voice activity', async () => {
    const file = join(dir, 'utterances.wav');
    await speak(phrases.slice(0, 3), file, { sampleRate: 16_000 });
    const engine = realEngine().replace('command:', 'command-per-utterance:');
    const finals = await hear(engine, file);
    expect(finals.map(({ final }) => final)).toEqual(phrases.slice(0, 3));
    expect(finals[0]!.start).toBeGreaterThan(0.8);
    expect(finals[0]!.start).toBeLessThan(1.3);
  });

  test('for people: times, then the text', async () => {
    const file = join(dir, 'people.wav');
    await speak(phrases.slice(0, 1), file);
    const { output } = await run('transcribe', realEngine(), file);
    expect(output).toMatch(
      /^00:0[01]\.\d\d {2}00:0[23]\.\d\d {2}.* {2}when will the road be repaired\n$/,
    );
  });

  test.each([
    ['an engine that is none', 'sphinx', 'ENGINE: expected none, sherpa-onnx:FOLDER'],
    ['a program that is not there', 'command:/nowhere/asr', '/nowhere/asr: no such program'],
    [
      'the same for each utterance',
      'command-per-utterance:/nowhere/asr',
      '/nowhere/asr: no such program',
    ],
    ['a program that ends badly', 'command:false', 'false ended with 1'],
    [
      'a model that is not there',
      'sherpa-onnx:/nowhere',
      'speech-model.json: cannot be read (ENOENT)',
    ],
  ])('%s is told in one line', async (_, engine, message) => {
    const file = join(dir, 'short.wav');
    await speak(['one'], file);
    const { code, words } = await run('transcribe', engine, file);
    expect(code).toBe(1);
    expect(words.trim().split('\n').at(-1)).toContain(message);
  });

  test('a file that is no sound is told in one line', async () => {
    const file = join(dir, 'text.wav');
    await writeFile(file, 'no sound');
    const { code, words } = await run('transcribe', realEngine(), file);
    expect([code, words]).toEqual([1, expect.stringContaining('ffmpeg cannot read it')]);
    expect(words.trim().split('\n')).toHaveLength(1);
  });

  test.each([
    ['sound', ['/nowhere.wav']],
    ['hot words', ['short.wav', '--hot-words', '/nowhere.wav']],
  ])('a file of %s that is not there is named in one line', async (_, [file, ...options]) => {
    const short = join(dir, 'short.wav');
    await speak(['one'], short);
    const { code, words } = await run('transcribe', realEngine(), resolve(dir, file!), ...options);
    expect([code, words]).toEqual([1, '/nowhere.wav: cannot be read (ENOENT)\n']);
  });

  test('a file without a sound is told in one line', async () => {
    const file = join(dir, 'silent.wav');
    await speak(['one'], file, { sampleRate: 16_000 });
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, soundWithin(whole)!.start));
    const { code, words } = await run('transcribe', realEngine(), file);
    expect([code, words]).toEqual([1, `${file}: there is no sound in it\n`]);
  });
});

describe('check', () => {
  test('a wrong folder is told in one line', async () => {
    const { code, words } = await run('check', dir);
    expect([code, words.trim()]).toEqual([
      1,
      `${join(dir, 'speech-model.json')}: cannot be read (ENOENT); docs/speech.md says what stands in it`,
    ]);
  });

  test('a broken model ends its own process, and its last words are told', async () => {
    const path = join(dir, 'broken');
    await mkdir(path);
    for (const name of ['encoder', 'decoder', 'joiner', 'tokens']) {
      await writeFile(join(path, name), name === 'tokens' ? '<blk> 0\n' : 'no model');
    }
    const files = { encoder: 'encoder', decoder: 'decoder', joiner: 'joiner', tokens: 'tokens' };
    const model = { name: 'broken', kind: 'transducer', language: 'vi', sampleRate: 16_000, files };
    const rest = { letterCase: 'upper', punctuation: false, licence: 'Apache-2.0' };
    await writeFile(join(path, 'speech-model.json'), JSON.stringify({ ...model, ...rest }));
    const { code, words } = await run('check', path);
    expect(code).toBe(1);
    expect(words.trim().split('\n').at(-1)).toMatch(
      /the recogniser ended with .*(protobuf|encoder)/i,
    );
  });
});
