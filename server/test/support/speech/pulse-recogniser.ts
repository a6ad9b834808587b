import type {
  CreateRecogniser,
  Heard,
  RecogniserStream,
} from '../../../src/speech/engines/sherpa/recogniser.ts';
import { type Mischief, type Pulse, PulseReader } from './pulses.ts';

/** In the place of sherpa-onnx, within its process: understands pulses.ts. */
export const createRecogniser: CreateRecogniser = (model) =>
  model.hears === 'stream' ? { openStream } : { transcribe };

const toFinal = ({ text, start, end }: Pulse) => ({
  text,
  start,
  end,
  confidence: 0.9,
  words: null,
  speaker: null,
});

const flood = Array.from({ length: 50_000 }, (_, at) =>
  toFinal({ text: 'and more', start: at, end: at + 1 }),
);

function misbehave(what: Mischief): Mischief {
  if (what === 'dies') process.abort();
  if (what === 'stalls') for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return what;
}

function openStream(): RecogniserStream {
  const reader = new PulseReader();
  const answer = (said: readonly Pulse[], found: readonly Mischief[]): Heard => {
    const { present, position } = reader;
    return {
      partial: present && { text: present.text, start: present.start },
      finals: found.includes('floods') ? flood : said.map(toFinal),
      quietUntil: present ? 0 : position,
      isNonsense: found.includes('garbles'),
    };
  };
  return {
    hear(pcm) {
      const found: Mischief[] = [];
      return answer(
        reader.push(pcm, (what) => found.push(misbehave(what))),
        found,
      );
    },
    finish: () => answer(reader.end(), []),
  };
}

function transcribe(pcm: Int16Array) {
  const reader = new PulseReader();
  const found: Mischief[] = [];
  const said = [...reader.push(pcm, (what) => found.push(misbehave(what))), ...reader.end()];
  const finals = found.includes('floods') ? flood : said.map(toFinal);
  return { finals, isNonsense: found.includes('garbles') };
}
