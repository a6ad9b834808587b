import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ModelError, readModel } from './model.ts';

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nhip-cau-models-'));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

const description = {
  name: 'zipformer-vi',
  kind: 'transducer',
  language: 'vi',
  sampleRate: 16_000,
  files: {
    encoder: 'encoder.onnx',
    decoder: 'decoder.onnx',
    joiner: 'joiner.onnx',
    tokens: 'tokens.txt',
  },
  letterCase: 'upper',
  punctuation: false,
  licence: 'Apache-2.0',
};

async function folder(name: string, change: object, files: Record<string, string> = {}) {
  const path = join(dir, name);
  await mkdir(join(path, 'onnx'), { recursive: true });
  const text = JSON.stringify({ ...description, ...change });
  const all = { 'encoder.onnx': 'x', 'decoder.onnx': 'x', 'joiner.onnx': 'x', ...files };
  for (const [file, content] of Object.entries({ 'tokens.txt': '<blk> 0\n', ...all })) {
    await writeFile(join(path, file), content);
  }
  await writeFile(join(path, 'speech-model.json'), text);
  return path;
}

const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n';
const { tokens: _, ...withoutTokens } = description.files;

test.each<[what: string, change: object, files: Record<string, string>, message: string]>([
  ['another kind', { kind: 'hmm' }, {}, 'kind: expected one of streaming-transducer'],
  ['a word too many', { colour: 1 }, {}, 'Unrecognized key: "colour"'],
  ['a file that is not named', { files: withoutTokens }, {}, 'files: expected tokens as well'],
  [
    'a file of another kind',
    { files: { ...description.files, model: 'a' } },
    {},
    'files: expected no model',
  ],
  [
    'a file elsewhere',
    { files: { ...description.files, tokens: '../tokens.txt' } },
    {},
    'files.tokens: expected a name within the folder',
  ],
  [
    'a file that is not there',
    { files: { ...description.files, encoder: 'encoder.int8.onnx' } },
    {},
    "encoder.int8.onnx: the model's encoder cannot be read (ENOENT)",
  ],
  ['an empty file', {}, { 'joiner.onnx': '' }, "joiner.onnx: the model's joiner is empty"],
  ['a pointer', {}, { 'encoder.onnx': pointer }, 'encoder.onnx: is a pointer of Git LFS'],
  ['a web page', {}, { 'encoder.onnx': '<!DOCTYPE html>' }, 'encoder.onnx: is a web page'],
  [
    'hot words where there are none',
    { kind: 'nemo-transducer', hotWords: { unit: 'bpe' } },
    {},
    'hotWords: a model of the kind nemo-transducer takes none',
  ],
  [
    'hot words without their vocabulary',
    { hotWords: { unit: 'bpe' } },
    {},
    'files: expected bpeVocabulary as well',
  ],
])('%s is told by name', async (what, change, files, message) => {
  const refused = readModel(await folder(what, change, files));
  await expect(refused).rejects.toThrow(ModelError);
  await expect(refused).rejects.toThrow(message);
});

test('a whole folder is read, its files by their whole paths', async () => {
  const path = await folder(
    'whole',
    {
      hotWords: { unit: 'bpe' },
      files: { ...description.files, encoder: 'onnx/encoder.onnx', bpeVocabulary: 'tokens.txt' },
    },
    { 'onnx/encoder.onnx': 'x' },
  );
  expect(await readModel(path)).toEqual({
    ...description,
    hears: 'utterances',
    files: {
      encoder: join(path, 'onnx/encoder.onnx'),
      decoder: join(path, 'decoder.onnx'),
      joiner: join(path, 'joiner.onnx'),
      tokens: join(path, 'tokens.txt'),
      bpeVocabulary: join(path, 'tokens.txt'),
    },
    hotWords: { unit: 'bpe', score: 1.5 },
    threads: 2,
  });
});

test('a folder that is not there', async () => {
  await expect(readModel(join(dir, 'nowhere'))).rejects.toThrow('cannot be read (ENOENT)');
});

test('a description that is no JSON', async () => {
  const path = join(dir, 'text');
  await mkdir(path);
  await writeFile(join(path, 'speech-model.json'), 'kind: whisper');
  await expect(readModel(path)).rejects.toThrow('speech-model.json: is no JSON');
});
