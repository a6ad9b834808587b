import { z } from 'zod';
import {
  isTooLong,
  maxLineLength,
  maxReplaced,
  maxVocabulary,
  textsOf,
  type TranscriptState,
} from '../model/transcript.ts';
import { id, instant, line, paragraph } from './scalars.ts';
import { track } from './typing.ts';

const text = paragraph(maxLineLength);
const speakerName = line(120).nullable();
const offset = z.int().min(0).max(maxLineLength);
const ms = z.int().min(0).max(86_400_000);
const confidence = z.number().min(0).max(1).nullable();

/**
 * A line as it was read: with another revision the command is refused as `changed_meanwhile`, with
 * `lineId` and the `revision` that it has now.
 */
const read = { lineId: id, revision: z.int().min(0) };

const speaker = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('host') }),
  z.strictObject({ kind: z.literal('turn'), turnId: id }),
]);

const word = z.strictObject({ text: line(200), startMs: ms, endMs: ms, confidence });

export const transcriptCommands = {
  /** One line as it was said; attributed to the turn on air, or to the head table. */
  'transcript.add': z.strictObject({
    lineId: id,
    text: paragraph(1_000),
    speaker: z.enum(['turn', 'host']),
    /** The language that it is written in: `vi`, what was said; any other is a translation. */
    track: track.optional(),
    /** Who speaks, where that is not said by the turn. */
    speakerName: speakerName.optional(),
  }),
  /** What an engine has heard; attributed to whoever had the floor in that hall at the time. */
  'transcript.hear': z.strictObject({
    lineId: id,
    runId: id,
    /** Where the microphone stands. */
    bridgePointId: id,
    startedAt: instant,
    endedAt: instant,
    text,
    /** As the engine gave it. */
    raw: text,
    /** Times from `startedAt`. */
    words: z.array(word).max(2_000).nullable(),
    confidence,
    engine: line(120),
    /** It was transcribed long after it was said. */
    isLate: z.boolean(),
    /** Where it stands in the run's sound. */
    audio: z.strictObject({ startMs: ms, endMs: ms }),
    speakerName,
    track: track.optional(),
  }),
  'transcript.edit': z.strictObject({ ...read, text }),
  /** Says who spoke the line; `host`: somebody at the head table. */
  'transcript.attribute': z.strictObject({ ...read, speaker, speakerName }),
  /** What stands from the character `at` on becomes a line of its own. */
  'transcript.split': z.strictObject({ ...read, newLineId: id, at: offset }),
  /** The next line's text goes behind this one's; the next line is removed. */
  'transcript.merge': z.strictObject({
    ...read,
    nextLineId: id,
    nextRevision: z.int().min(0),
  }),
  /** Takes a line out of the transcript; it stays in the log and can be restored. */
  'transcript.remove': z.strictObject(read),
  'transcript.restore': z.strictObject(read),
  /** Finds and replaces, after its preview; all of it or nothing. */
  'transcript.replace': z.strictObject({
    changes: z
      .array(z.strictObject({ ...read, text }))
      .min(1)
      .max(maxReplaced)
      .refine((changes) => !isTooLong(changes.map((change) => change.text)), 'too much text'),
  }),
  /** Takes the characters from `start` up to `end` out of what is published. */
  'transcript.redact': z.strictObject({
    ...read,
    redactionId: id,
    start: offset,
    end: offset,
    reason: line(300),
  }),
  'transcript.unredact': z.strictObject({ ...read, redactionId: id }),
  /** It has been corrected, and is to be certified. */
  'transcript.finish': z.strictObject({}),
  'transcript.reopen': z.strictObject({}),
  /**
   * Makes a version of it that nobody changes any more. `hash`: of the lines that were read
   * (`GET …/transcript`); refused as `changed_meanwhile` with the present one when it is another.
   */
  'transcript.certify': z.strictObject({
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    /** Name and office, as they stand on the certificate. */
    certifiedBy: line(200),
  }),
  /** Begins the next version; the certified one is kept as it is. */
  'transcript.supersede': z.strictObject({ reason: line(500) }),
  /** The words that the engine expects, and what stenographers type for longer ones. */
  'transcript.vocabulary': z
    .strictObject({
      terms: z
        .array(z.strictObject({ term: line(120), soundsLike: z.array(line(120)).max(20) }))
        .max(maxVocabulary),
      abbreviations: z
        .array(z.strictObject({ short: line(40), long: line(300) }))
        .max(maxVocabulary),
    })
    .refine((vocabulary) => !isTooLong(textsOf(vocabulary)), 'too much text'),
  /** Keeps what engines hear from halls and phones; it is written down all the same. */
  'transcript.mute': z.strictObject({ muted: z.boolean() }),
};

/** One version of a transcript, by whom it was certified and what exactly. */
export interface Certification {
  /** From 1. */
  version: number;
  /** SHA-256, in hex, of the lines' canonical JSON. */
  hash: string;
  certifiedBy: string;
  /** The account that did so, by its name. */
  by: string | null;
  at: number;
  /** When a later version was begun, and why. */
  supersededAt: number | null;
  reason: string | null;
}

/** How far the transcript is. */
export interface TranscriptStatus {
  state: TranscriptState;
  /** The version that it is, or is to become. */
  version: number;
  certifications: Certification[];
}
