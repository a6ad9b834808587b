import { z } from 'zod';
import { type EngineFinal, type EnginePartial, sampleRate } from '../../engine.ts';

/** A day: what lies beyond is no time within a session. */
const seconds = z.number().min(0).max(86_400);
const confidence = z.number().min(0).max(1).nullable().default(null);
const text = z.string().max(4_000);

const word = z
  .strictObject({ text: text.min(1).max(100), start: seconds, end: seconds, confidence })
  .refine(({ start, end }) => start <= end);

const line = z.union([
  z.strictObject({ partial: text, start: seconds }),
  z
    .strictObject({
      final: text.min(1),
      start: seconds,
      end: seconds,
      confidence,
      words: z.array(word).max(1_000).nullable().default(null),
      speaker: z.string().min(1).max(80).nullable().default(null),
    })
    .refine(({ start, end }) => start < end),
  z.strictObject({ progress: seconds }),
]);

export type Said =
  | { kind: 'partial'; partial: EnginePartial }
  | { kind: 'final'; final: EngineFinal }
  | { kind: 'progress'; position: number };

/** Longest line of a program, in bytes. */
export const maxLineBytes = 256 * 1_024;

const toSamples = (time: number) => Math.round(time * sampleRate);

/** One line of a program's standard output; `null` for what is none of docs/speech.md's three. */
export function parseLine(given: string): Said | null {
  let json: unknown;
  try {
    json = JSON.parse(given);
  } catch {
    return null;
  }
  const { data: said } = line.safeParse(json);
  if (said === undefined) return null;
  if ('progress' in said) return { kind: 'progress', position: toSamples(said.progress) };
  if ('partial' in said) {
    return { kind: 'partial', partial: { text: said.partial, start: toSamples(said.start) } };
  }
  const words = said.words?.map((one) => ({
    ...one,
    start: toSamples(one.start),
    end: toSamples(one.end),
  }));
  return {
    kind: 'final',
    final: {
      text: said.final,
      start: toSamples(said.start),
      end: toSamples(said.end),
      confidence: said.confidence,
      words: words ?? null,
      speaker: said.speaker,
    },
  };
}
