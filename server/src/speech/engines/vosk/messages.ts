import { z } from 'zod';
import { type EngineFinal, sampleRate } from '../../engine.ts';

/** Longest answer that is read, in bytes. */
export const maxAnswerBytes = 1_048_576;

/** The server compares this text letter by letter (asr_server.py). */
export const endOfSound = '{"eof" : 1}';

/**
 * The first message. No `phrase_list`: it would not make the server expect the hot words, it would
 * make it hear nothing but them.
 */
export const configMessage = JSON.stringify({
  config: { sample_rate: sampleRate, words: true, max_alternatives: 0 },
});

const seconds = z.number().min(0).max(86_400);

const answer = z.union([
  z.object({ partial: z.string() }),
  z.object({
    text: z.string(),
    result: z
      .array(z.object({ word: z.string(), start: seconds, end: seconds, conf: z.number() }))
      .max(2_000)
      .optional(),
  }),
]);

export type Answer =
  | { kind: 'partial'; text: string }
  | { kind: 'final'; final: Omit<EngineFinal, 'start' | 'end'> & { start?: number; end?: number } };

/** One answer of the server (one for each piece of sound); `null` for what is none. */
export function parseAnswer(given: string): Answer | null {
  let json: unknown;
  try {
    json = JSON.parse(given);
  } catch {
    return null;
  }
  const { data: said } = answer.safeParse(json);
  if (said === undefined) return null;
  if ('partial' in said) return { kind: 'partial', text: said.partial };
  const words = (said.result ?? []).map(({ word, start, end, conf }) => ({
    text: word,
    start: Math.round(start * sampleRate),
    end: Math.round(end * sampleRate),
    confidence: conf,
  }));
  const first = words[0];
  const last = words.at(-1);
  const mean = words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length;
  return {
    kind: 'final',
    final: {
      text: said.text,
      ...(first && last ? { start: first.start, end: last.end } : {}),
      confidence: first ? mean : null,
      words: first ? words : null,
      speaker: null,
    },
  };
}
