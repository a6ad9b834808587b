import { z } from 'zod';
import { type EngineFinal, type EngineWord, sampleRate } from '../../engine.ts';

/** What of the library's result is used; some kinds of models give no times. */
const nativeResult = z.object({
  text: z.string(),
  tokens: z.array(z.string()),
  timestamps: z.array(z.number()),
  /** Logarithms of the tokens' probabilities; the one name is the streaming ones'. */
  ys_probs: z.array(z.number()).optional(),
  ys_log_probs: z.array(z.number()).optional(),
  /** Seconds from the stream's first sample to the utterance's. */
  start_time: z.number().optional(),
});

export type NativeResult = z.infer<typeof nativeResult>;

/** A token tells when it begins; this is how long the last one is taken to be. */
const lastToken = 0.3 * sampleRate;

/** The library's answer; `null` where it is none (it does not escape all characters). */
export function readResult(read: () => unknown): NativeResult | null {
  try {
    return nativeResult.parse(read());
  } catch {
    return null;
  }
}

/** A result as a final, in the case that the rest expects; `null`: nothing was said. */
export function toFinal(
  result: NativeResult,
  { language, letterCase }: { language: string; letterCase: 'written' | 'upper' | 'lower' },
  whole: { start: number; end: number },
): EngineFinal | null {
  const write = (text: string) =>
    letterCase === 'upper' ? text.toLocaleLowerCase(language) : text;
  const text = write(result.text.trim());
  if (text === '') return null;
  const words =
    toWords(result, whole)?.map((word) => ({ ...word, text: write(word.text) })) ?? null;
  return {
    text,
    start: words?.[0]?.start ?? whole.start,
    end: words?.at(-1)?.end ?? whole.end,
    confidence: meanProbability(logProbabilities(result)),
    words,
    speaker: null,
  };
}

/** `null` where the tokens have no times, or are not the text's own letters. */
function toWords(result: NativeResult, whole: { start: number; end: number }): EngineWord[] | null {
  const { tokens, timestamps, text } = result;
  if (tokens.length === 0 || timestamps.length !== tokens.length) return null;
  if (tokens.join('').trim() !== text.trim()) return null;
  const base = result.start_time === undefined ? whole.start : result.start_time * sampleRate;
  const at = timestamps.map((time) => Math.round(base + time * sampleRate));
  const starts = tokens.flatMap((token, index) =>
    index === 0 || /^\s/.test(token) ? [index] : [],
  );
  const probabilities = logProbabilities(result);
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? tokens.length;
    const end = Math.min(at[to] ?? Infinity, at[to - 1]! + lastToken, whole.end);
    return {
      text: tokens.slice(from, to).join('').trim(),
      start: at[from]!,
      end: Math.max(at[from]!, end),
      confidence: meanProbability(probabilities.slice(from, to)),
    };
  });
}

/** One a token, or none at all. */
function logProbabilities({ tokens, ys_probs, ys_log_probs }: NativeResult): number[] {
  const given = ys_log_probs ?? ys_probs ?? [];
  return given.length === tokens.length ? given : [];
}

const meanProbability = (logs: readonly number[]) =>
  logs.length === 0 ? null : Math.exp(logs.reduce((sum, one) => sum + one, 0) / logs.length);
