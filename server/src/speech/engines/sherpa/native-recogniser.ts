import { createRequire } from 'node:module';
import { sampleRate } from '../../engine.ts';
import type { SpeechModel } from './model.ts';
import { hotWordLines, nativeConfig } from './native-config.ts';
import type { CreateRecogniser, Heard, Recogniser, RecogniserStream } from './recogniser.ts';
import { readResult, toFinal } from './words.ts';

type Library = typeof import('sherpa-onnx-node');

/** What a streaming model may still make a word of although it says nothing yet. */
const lookAhead = 1.5 * sampleRate;
/** Silence after the end, so that the last words come out. */
const tail = new Float32Array(0.6 * sampleRate);

/** The recogniser proper; only ever loaded in a process of its own. */
export const createRecogniser: CreateRecogniser = (model, hotWords) => {
  const library = createRequire(import.meta.url)('sherpa-onnx-node') as Library;
  return model.hears === 'stream' ? streaming(library, model, hotWords) : offline(library, model);
};

function streaming(
  { OnlineRecognizer }: Library,
  model: SpeechModel,
  hotWords: readonly string[],
): Recogniser {
  const recogniser = new OnlineRecognizer(nativeConfig(model, hotWords));
  return { openStream: () => openStream(recogniser, model) };
}

function openStream(
  recogniser: InstanceType<Library['OnlineRecognizer']>,
  model: SpeechModel,
): RecogniserStream {
  const stream = recogniser.createStream();
  let heard = 0;
  let said = 0;
  const look = (isLast: boolean): Heard => {
    while (recogniser.isReady(stream)) recogniser.decode(stream);
    const result = readResult(() => recogniser.getResult(stream));
    const final = result && toFinal(result, model, { start: said, end: heard });
    const isOver = isLast || recogniser.isEndpoint(stream);
    if (isOver && !isLast) recogniser.reset(stream);
    if (isOver && final) said = Math.max(said, final.end);
    return {
      partial: final && !isOver ? { text: final.text, start: final.start } : null,
      finals: final && isOver ? [final] : [],
      quietUntil: final && !isOver ? 0 : Math.max(0, heard - lookAhead),
      isNonsense: result === null,
    };
  };
  return {
    hear(pcm) {
      heard += pcm.length;
      stream.acceptWaveform({ samples: toFloats(pcm), sampleRate });
      return look(false);
    },
    finish() {
      stream.acceptWaveform({ samples: tail, sampleRate });
      stream.inputFinished();
      return look(true);
    },
  };
}

function offline({ OfflineRecognizer }: Library, model: SpeechModel): Recogniser {
  const recogniser = new OfflineRecognizer(nativeConfig(model, []));
  return {
    transcribe(pcm, hotWords) {
      const phrases = hotWordLines(model, hotWords).join('/');
      const stream = recogniser.createStream(phrases === '' ? undefined : phrases);
      stream.acceptWaveform({ samples: toFloats(pcm), sampleRate });
      recogniser.decode(stream);
      const result = readResult(() => recogniser.getResult(stream));
      const final = result && toFinal(result, model, { start: 0, end: pcm.length });
      return { finals: final ? [final] : [], isNonsense: result === null };
    },
  };
}

const toFloats = (pcm: Int16Array) => Float32Array.from(pcm, (sample) => sample / 32_768);
