import { z } from 'zod';
import { nameVisibilities } from '../model/questions.ts';
import { day, id, line, paragraph } from './scalars.ts';

/** Longest question, in UTF-16 units: about two pages. */
export const maxQuestionLength = 4_000;

const disposition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answeredHere') }),
  z.strictObject({ kind: z.literal('assigned'), agency: line(160), dueOn: day }),
  z.strictObject({ kind: z.literal('escalated'), to: line(160) }),
  z.strictObject({ kind: z.literal('outside'), reason: paragraph(1_000) }),
]);

const one = { questionId: id };

export const questionCommands = {
  'question.ask': z.strictObject({
    /** Made by the client, so that a question kept offline has its name already. */
    questionId: id,
    /** The hall it is asked in; a participant's own hall, or the moderator's. */
    bridgePointId: id,
    text: paragraph(maxQuestionLength),
    field: line(80).nullable(),
    nameVisibility: z.enum(nameVisibilities),
    /** On somebody's behalf, by the moderator: the name as given, or `null`. */
    onBehalfOf: z.strictObject({ name: line(120).nullable() }).optional(),
    /** The hand that this question answers; it is lowered in the same step. */
    handId: id.optional(),
  }),
  'question.edit': z.strictObject({
    ...one,
    wording: paragraph(maxQuestionLength).optional(),
    field: line(80).nullable().optional(),
  }),
  'question.forward': z.strictObject(one),
  'question.return': z.strictObject({ ...one, reason: paragraph(1_000) }),
  'question.accept': z.strictObject(one),
  /** Puts it just before another accepted question, or last. */
  'question.move': z.strictObject({ ...one, beforeQuestionId: id.nullable() }),
  'question.withdraw': z.strictObject(one),
  'question.dispose': z.strictObject({ ...one, disposition }),
  'question.undispose': z.strictObject(one),
};
