import { z } from 'zod';
import { type EngineFinal, type EngineWord, sampleRate } from '../../engine.ts';

const seconds = z.number().min(0).max(86_400);

const word = z.object({
  word: z.string(),
  start: seconds,
  end: seconds,
  probability: z.number().nullish(),
});

const segment = z.object({
  text: z.string(),
  start: seconds,
  end: seconds,
  avg_logprob: z.number().nullish(),
  no_speech_prob: z.number().nullish(),
  words: z.array(word).max(2_000).nullish(),
});

/** `verbose_json`, of which `json` has the text alone. */
const answer = z.object({
  text: z.string(),
  segments: z.array(segment).max(500).nullish(),
  words: z.array(word).max(5_000).nullish(),
});

type Word = z.infer<typeof word>;
type Segment = z.infer<typeof segment>;

/**
 * What a transcription endpoint answered about an utterance of `samples`: a final for each segment,
 * or one without. `null` for what is no such answer.
 */
export function parseTranscription(given: string, samples: number): EngineFinal[] | null {
  let json: unknown;
  try {
    json = JSON.parse(given);
  } catch {
    return null;
  }
  const { data: said } = answer.safeParse(json);
  if (said === undefined) return null;
  const spoken = said.segments?.filter((one) => !isInvented(one));
  const words = said.words ?? [];
  if (spoken && said.segments && said.segments.length > 0 && areInOrder(spoken)) {
    return spoken.map((one) => toFinal(one, one.words ?? within(words, one)));
  }
  if (said.text.trim() === '') return [];
  return [toFinal({ text: said.text, start: 0, end: samples / sampleRate }, words)];
}

/** Whisper's own rule for text that it made out of noise. */
const isInvented = ({ no_speech_prob, avg_logprob }: Segment) =>
  (no_speech_prob ?? 0) > 0.6 && (avg_logprob ?? 0) < -1;

const areInOrder = (segments: readonly Segment[]) =>
  segments.every(
    ({ start, end }, index) => end > start && start >= (segments[index - 1]?.end ?? 0) - 0.01,
  );

const within = (words: readonly Word[], { start, end }: { start: number; end: number }) =>
  words.filter((one) => {
    const middle = (one.start + one.end) / 2;
    return middle >= start && middle < end;
  });

function toFinal(
  {
    text,
    start,
    end,
    avg_logprob = null,
  }: Pick<Segment, 'text' | 'start' | 'end'> & Partial<Segment>,
  words: readonly Word[],
): EngineFinal {
  return {
    text,
    start: toSamples(start),
    end: toSamples(end),
    confidence: avg_logprob === null ? null : Math.exp(avg_logprob),
    words: words.length === 0 ? null : words.map(toWord),
    speaker: null,
  };
}

const toSamples = (time: number) => Math.round(time * sampleRate);

const toWord = ({ word: text, start, end, probability }: Word): EngineWord => ({
  text,
  start: toSamples(start),
  end: toSamples(end),
  confidence: probability ?? null,
});
