import { kindOf } from './kinds.ts';
import type { SpeechModel } from './model.ts';

/** Silence after which a streaming model's utterance ends, in seconds: with words, and without. */
const pauseAfterWords = 0.8;
const pauseWithoutWords = 2.4;
/** And how long one gets at most. */
const longestUtterance = 20;

/** A model as the constructors of sherpa-onnx-node take it. */
export function nativeConfig(model: SpeechModel, hotWords: readonly string[]): object {
  const kind = kindOf(model.kind);
  const language = model.language.split('-')[0]!;
  const section = {
    ...Object.fromEntries(kind.files.map((name) => [name, model.files[name]])),
    ...kind.settings?.({ language, punctuation: model.punctuation }),
  };
  return {
    featConfig: { sampleRate: model.sampleRate, featureDim: 80 },
    modelConfig: {
      [kind.section]: section,
      tokens: model.files['tokens'],
      numThreads: model.threads,
      provider: 'cpu',
      debug: false,
      ...(kind.modelType === undefined ? {} : { modelType: kind.modelType }),
      ...(model.hotWords === null
        ? {}
        : { modelingUnit: model.hotWords.unit, bpeVocab: model.files['bpeVocabulary'] ?? '' }),
    },
    ...(model.hotWords === null
      ? { decodingMethod: 'greedy_search' }
      : {
          decodingMethod: 'modified_beam_search',
          maxActivePaths: 4,
          hotwordsScore: model.hotWords.score,
        }),
    ...(kind.hears === 'stream' ? streaming(model, hotWords) : {}),
  };
}

function streaming(model: SpeechModel, hotWords: readonly string[]): object {
  const lines = hotWordLines(model, hotWords).join('\n');
  return {
    enableEndpoint: true,
    rule1MinTrailingSilence: pauseWithoutWords,
    rule2MinTrailingSilence: pauseAfterWords,
    rule3MinUtteranceLength: longestUtterance,
    ...(lines === '' ? {} : { hotwordsBuf: lines, hotwordsBufSize: Buffer.byteLength(lines) }),
  };
}

/** The hot words as the library reads them, a phrase each, in the model's own case. */
export function hotWordLines(model: SpeechModel, hotWords: readonly string[]): string[] {
  if (model.hotWords === null) return [];
  const { letterCase, language } = model;
  // These marks have a meaning of their own there, and a number that is none ends the process.
  const plain = hotWords.map((word) => word.replace(/[/:#@\s]+/g, ' ').trim());
  return plain
    .filter((word) => word !== '')
    .map((word) => {
      if (letterCase === 'upper') return word.toLocaleUpperCase(language);
      return letterCase === 'lower' ? word.toLocaleLowerCase(language) : word;
    });
}
