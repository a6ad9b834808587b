import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { kindOf, type ModelKindName, modelKinds } from './kinds.ts';

export const descriptionFile = 'speech-model.json';

/** A folder that cannot be used as it is; the message names the file and what to do. */
export class ModelError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ModelError';
  }
}

/** A plain name within the model's folder, perhaps in a folder below. */
const fileName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\\0]+(\/[^/\\\0]+)*$/, 'expected a name within the folder')
  .refine((name) => !name.split('/').includes('..'), 'expected a name within the folder');

const kindNames = Object.keys(modelKinds) as ModelKindName[];

const description = z.strictObject({
  name: z.string().min(1).max(100),
  kind: z.enum(kindNames, `expected one of ${kindNames.join(', ')}`),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language such as vi'),
  sampleRate: z.literal([8_000, 16_000], 'expected 8000 or 16000'),
  files: z.record(z.string(), fileName),
  /** How the library cuts hot words into the model's tokens; absent: none are given. */
  hotWords: z
    .strictObject({
      unit: z.enum(['bpe', 'bbpe', 'cjkchar', 'cjkchar+bpe']),
      score: z.number().min(0).max(10).default(1.5),
    })
    .nullable()
    .default(null),
  /** How the model writes: all in one case is made small, and written right by rule afterwards. */
  letterCase: z.enum(['written', 'upper', 'lower']),
  punctuation: z.boolean(),
  licence: z.string().min(1).max(100),
  threads: z.int().min(1).max(64).default(2),
});

type Description = z.infer<typeof description>;

/** A model that is all there; `files` are absolute paths. */
export type SpeechModel = Omit<Description, 'files'> & {
  hears: 'stream' | 'utterances';
  files: Record<string, string>;
};

/** Reads a folder's description and makes sure of its files. Rejects with `ModelError`. */
export async function readModel(dir: string): Promise<SpeechModel> {
  const described = await readDescription(dir);
  const { files, hears, takesHotWords } = kindOf(described.kind);
  const wanted = [...files, 'tokens'];
  const { hotWords } = described;
  if (hotWords !== null && takesHotWords !== true) {
    throw wrong(dir, `hotWords: a model of the kind ${described.kind} takes none`);
  }
  if (hotWords !== null && hotWords.unit.includes('bpe')) wanted.push('bpeVocabulary');
  const given = Object.keys(described.files);
  const missing = wanted.filter((name) => !given.includes(name));
  if (missing.length > 0) throw wrong(dir, `files: expected ${missing.join(', ')} as well`);
  const unknown = given.filter((name) => !wanted.includes(name));
  if (unknown.length > 0) throw wrong(dir, `files: expected no ${unknown.join(', ')}`);
  const paths: [name: string, path: string][] = [];
  for (const [name, file] of Object.entries(described.files)) {
    const path = join(dir, file);
    await checkFile(name, path);
    paths.push([name, path]);
  }
  return { ...described, hears, files: Object.fromEntries(paths) };
}

const wrong = (dir: string, what: string) =>
  new ModelError(`${join(dir, descriptionFile)}: ${what}`);

async function readDescription(dir: string): Promise<Description> {
  let text: string;
  try {
    text = await readFile(join(dir, descriptionFile), 'utf8');
  } catch (error) {
    throw wrong(dir, `cannot be read (${codeOf(error)}); docs/speech.md says what stands in it`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw wrong(dir, `is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  const result = description.safeParse(json);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw wrong(dir, faults.join('; '));
}

async function checkFile(name: string, path: string): Promise<void> {
  let size: number;
  try {
    size = (await stat(path)).size;
  } catch (error) {
    throw new ModelError(`${path}: the model's ${name} cannot be read (${codeOf(error)})`);
  }
  if (size === 0) throw new ModelError(`${path}: the model's ${name} is empty`);
  const beginning = await readBeginning(path);
  // What a download without Git LFS leaves; the library would say nothing but "protobuf parsing failed".
  if (beginning.startsWith('version https://git-lfs')) {
    throw new ModelError(
      `${path}: is a pointer of Git LFS and not the file; fetch it by "git lfs pull"`,
    );
  }
  if (/^\s*<(!doctype|html)/i.test(beginning)) {
    throw new ModelError(
      `${path}: is a web page and not the model's ${name}; fetch the file itself`,
    );
  }
}

async function readBeginning(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
