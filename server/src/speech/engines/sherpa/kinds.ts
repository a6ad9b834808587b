/**
 * The kinds of models that sherpa-onnx loads and we let it: which files each has beside its tokens,
 * and under which name the library takes them. Streaming kinds hear a stream, the others utterances.
 */
export interface ModelKind {
  hears: 'stream' | 'utterances';
  /** Name of the section in the library's `modelConfig`. */
  section: string;
  files: readonly string[];
  /** The library can be made to expect words. */
  takesHotWords?: true;
  modelType?: string;
  /** What the section has beside its files. */
  settings?: (model: { language: string; punctuation: boolean }) => Record<string, string | number>;
}

const transducer = ['encoder', 'decoder', 'joiner'] as const;
const takesHotWords = true as const;

export const modelKinds = {
  'streaming-transducer': {
    hears: 'stream',
    section: 'transducer',
    files: transducer,
    takesHotWords,
  },
  'streaming-paraformer': {
    hears: 'stream',
    section: 'paraformer',
    files: ['encoder', 'decoder'],
  },
  'streaming-zipformer2-ctc': { hears: 'stream', section: 'zipformer2Ctc', files: ['model'] },
  'streaming-nemo-ctc': { hears: 'stream', section: 'nemoCtc', files: ['model'] },
  transducer: {
    hears: 'utterances',
    section: 'transducer',
    files: transducer,
    takesHotWords,
    modelType: 'transducer',
  },
  'nemo-transducer': {
    hears: 'utterances',
    section: 'transducer',
    files: transducer,
    modelType: 'nemo_transducer',
  },
  paraformer: { hears: 'utterances', section: 'paraformer', files: ['model'] },
  'zipformer-ctc': { hears: 'utterances', section: 'zipformerCtc', files: ['model'] },
  'nemo-ctc': { hears: 'utterances', section: 'nemoCtc', files: ['model'] },
  'wenet-ctc': { hears: 'utterances', section: 'wenetCtc', files: ['model'] },
  'omnilingual-ctc': { hears: 'utterances', section: 'omnilingual', files: ['model'] },
  dolphin: { hears: 'utterances', section: 'dolphin', files: ['model'] },
  'sense-voice': {
    hears: 'utterances',
    section: 'senseVoice',
    files: ['model'],
    settings: ({ language, punctuation }) => ({
      language,
      useInverseTextNormalization: punctuation ? 1 : 0,
    }),
  },
  whisper: {
    hears: 'utterances',
    section: 'whisper',
    files: ['encoder', 'decoder'],
    settings: ({ language }) => ({ language, task: 'transcribe' }),
  },
  moonshine: {
    hears: 'utterances',
    section: 'moonshine',
    files: ['preprocessor', 'encoder', 'uncachedDecoder', 'cachedDecoder'],
  },
  'moonshine-merged': {
    hears: 'utterances',
    section: 'moonshine',
    files: ['encoder', 'mergedDecoder'],
  },
  'cohere-transcribe': {
    hears: 'utterances',
    section: 'cohereTranscribe',
    files: ['encoder', 'decoder'],
    settings: ({ language, punctuation }) => ({ language, usePunct: punctuation ? 1 : 0 }),
  },
} as const satisfies Record<string, ModelKind>;

export type ModelKindName = keyof typeof modelKinds;

export const kindOf = (name: ModelKindName): ModelKind => modelKinds[name];
