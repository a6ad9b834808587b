import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Network, toOnnx } from './onnx.ts';

/**
 * A speech model that hears tones, for the real sherpa-onnx: a transducer whose encoder looks at one
 * filter of the filter bank for each word. The last tone fits two words, the wrong one a little
 * better: only a hot word makes it the right one.
 */
export const tones = { MỘT: 500, HAI: 1_000, BA: 2_000, PHƯƠNG: 4_000, PHƯỜNG: 4_000 } as const;

export type ToneWord = keyof typeof tones;

const words = Object.keys(tones) as ToneWord[];
const tokens = ['<blk>', '<unk>', ...words.map((word) => `▁${word}`)];
const vocabulary = tokens.length;
const features = 80;
/** Filter-bank frames that one step of the encoder stands for, as the library has it: 40 ms. */
const stride = 4;
/** Steps that the streaming encoder makes at once. */
const chunk = 4 * stride;

/** Which of the library's filters hears a frequency: 80 of them, evenly in mel from 20 to 7600 Hz. */
function filterOf(hertz: number): number {
  const mel = (f: number) => 1_127 * Math.log(1 + f / 700);
  const width = (mel(7_600) - mel(20)) / (features + 1);
  return Math.round((mel(hertz) - mel(20)) / width) - 1;
}

const zeros = (count: number) => Array.from({ length: count }, () => 0);

/** How sure the encoder is of a word: its filter's energy (a logarithm), raised and shifted. */
const gain = 3;
const silence = -2;

function weights(): Pick<Network, 'constants'>['constants'] {
  const weight = zeros(features * vocabulary);
  const bias = zeros(vocabulary);
  bias[1] = -1_000;
  for (const [index, word] of words.entries()) {
    const token = index + 2;
    weight[filterOf(tones[word]) * vocabulary + token] = gain;
    bias[token] = gain * silence - (word === 'PHƯỜNG' ? 0.5 : 0);
  }
  return {
    weight: { type: 'float', shape: [features, vocabulary], values: weight },
    bias: { type: 'float', shape: [vocabulary], values: bias },
    from: { type: 'int64', shape: [1], values: [0] },
    to: { type: 'int64', shape: [1], values: [1_000_000] },
    time: { type: 'int64', shape: [1], values: [1] },
    stride: { type: 'int64', shape: [1], values: [stride] },
  };
}

/** Every fourth frame, weighed. */
const look = [
  { op: 'Slice', inputs: ['x', 'from', 'to', 'time', 'stride'], outputs: ['frames'] },
  { op: 'MatMul', inputs: ['frames', 'weight'], outputs: ['weighed'] },
  { op: 'Add', inputs: ['weighed', 'bias'], outputs: ['encoder_out'] },
];

function offlineEncoder(): Network {
  return {
    inputs: [
      { name: 'x', type: 'float', shape: ['N', 'T', features] },
      { name: 'x_lens', type: 'int64', shape: ['N'] },
    ],
    outputs: [
      { name: 'encoder_out', type: 'float', shape: ['N', 'S', vocabulary] },
      { name: 'encoder_out_lens', type: 'int64', shape: ['N'] },
    ],
    nodes: [
      ...look,
      { op: 'Add', inputs: ['x_lens', 'round'], outputs: ['rounded'] },
      { op: 'Div', inputs: ['rounded', 'stride'], outputs: ['encoder_out_lens'] },
    ],
    constants: { ...weights(), round: { type: 'int64', shape: [1], values: [stride - 1] } },
    metadata: { model_type: 'conformer' },
  };
}

/** The form of an LSTM transducer, which is the one with the least state; it is passed on. */
function streamingEncoder(): Network {
  const state = (name: string) => ({ name, type: 'float' as const, shape: [1, 'N', 1] });
  return {
    inputs: [{ name: 'x', type: 'float', shape: ['N', chunk, features] }, state('h'), state('c')],
    outputs: [
      { name: 'encoder_out', type: 'float', shape: ['N', chunk / stride, vocabulary] },
      state('next_h'),
      state('next_c'),
    ],
    nodes: [
      ...look,
      { op: 'Identity', inputs: ['h'], outputs: ['next_h'] },
      { op: 'Identity', inputs: ['c'], outputs: ['next_c'] },
    ],
    constants: weights(),
    metadata: {
      model_type: 'lstm',
      num_encoder_layers: 1,
      T: chunk,
      decode_chunk_len: chunk,
      rnn_hidden_size: 1,
      d_model: 1,
    },
  };
}

/** What was said last is not said again while its tone goes on. */
function decoder(): Network {
  const last = zeros(vocabulary * vocabulary);
  for (const [from, said] of words.entries()) {
    for (const [to, next] of words.entries()) {
      if (tones[said] === tones[next]) last[(from + 2) * vocabulary + to + 2] = -60;
    }
  }
  return {
    inputs: [{ name: 'y', type: 'int64', shape: ['N', 2] }],
    outputs: [{ name: 'decoder_out', type: 'float', shape: ['N', vocabulary] }],
    nodes: [
      { op: 'Gather', inputs: ['y', 'second'], outputs: ['token'], attributes: { axis: 1 } },
      {
        op: 'Gather',
        inputs: ['last', 'token'],
        outputs: ['decoder_out'],
        attributes: { axis: 0 },
      },
    ],
    constants: {
      last: { type: 'float', shape: [vocabulary, vocabulary], values: last },
      second: { type: 'int64', shape: [], values: [1] },
    },
    metadata: { vocab_size: vocabulary, context_size: 2 },
  };
}

function joiner(): Network {
  const value = (name: string) => ({
    name,
    type: 'float' as const,
    shape: ['N', vocabulary],
  });
  return {
    inputs: [value('encoder_out'), value('decoder_out')],
    outputs: [value('logit')],
    nodes: [{ op: 'Add', inputs: ['encoder_out', 'decoder_out'], outputs: ['logit'] }],
    constants: {},
    metadata: { joiner_dim: vocabulary },
  };
}

/** Writes the model's folder, with its description. */
export async function writeToneModel(
  dir: string,
  kind: 'transducer' | 'streaming-transducer',
  { hotWords = false } = {},
): Promise<void> {
  await mkdir(dir, { recursive: true });
  const files = {
    encoder: 'encoder.onnx',
    decoder: 'decoder.onnx',
    joiner: 'joiner.onnx',
    tokens: 'tokens.txt',
    ...(hotWords ? { bpeVocabulary: 'bpe.vocab' } : {}),
  };
  const description = {
    name: 'tones',
    kind,
    language: 'vi',
    sampleRate: 16_000,
    files,
    hotWords: hotWords ? { unit: 'bpe', score: 2 } : null,
    letterCase: 'upper',
    punctuation: false,
    licence: 'Apache-2.0',
    threads: 1,
  };
  const encoder = kind === 'transducer' ? offlineEncoder() : streamingEncoder();
  await Promise.all([
    writeFile(join(dir, 'encoder.onnx'), toOnnx(encoder)),
    writeFile(join(dir, 'decoder.onnx'), toOnnx(decoder())),
    writeFile(join(dir, 'joiner.onnx'), toOnnx(joiner())),
    writeFile(join(dir, 'tokens.txt'), tokens.map((token, id) => `${token} ${id}\n`).join('')),
    writeFile(join(dir, 'bpe.vocab'), tokens.map((token, id) => `${token}\t${-id}\n`).join('')),
    writeFile(join(dir, 'speech-model.json'), JSON.stringify(description)),
  ]);
}

/** These words as the model hears them; `null` is a pause. Times in seconds, 16 kHz. */
export function sing(...parts: readonly [word: ToneWord | null, seconds: number][]): Int16Array {
  const rate = 16_000;
  const fade = rate / 50;
  return Int16Array.from(
    parts.flatMap(([word, seconds]) => {
      const samples = seconds * rate;
      return Array.from({ length: samples }, (_, at) => {
        if (word === null) return 0;
        const loudness = Math.min(1, at / fade, (samples - at) / fade);
        return 8_000 * loudness * Math.sin((2 * Math.PI * tones[word] * at) / rate);
      });
    }),
  );
}
