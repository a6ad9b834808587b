import { z } from 'zod';
import {
  maxAttachments,
  maxBulk,
  nameVisibilities,
  typedChannels,
  urgencies,
} from '../model/questions.ts';
import { day, id, line, paragraph } from './scalars.ts';

/** Longest question, in UTF-16 units: about two pages. */
export const maxQuestionLength = 4_000;

const disposition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answeredHere') }),
  z.strictObject({ kind: z.literal('assigned'), agency: line(160), dueOn: day }),
  z.strictObject({ kind: z.literal('escalated'), to: line(160) }),
  z.strictObject({ kind: z.literal('outside'), reason: paragraph(1_000) }),
]);

/** Questions that one list may bring. */
export const maxImportedQuestions = 1_000;

const one = { questionId: id };

const reason = paragraph(1_000);
const attachmentIds = z.array(id).max(maxAttachments);

/** What can be done to many questions in one step; each part is the command of its name. */
const bulkAction = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('forward') }),
  z.strictObject({ name: z.literal('recall') }),
  z.strictObject({ name: z.literal('accept') }),
  z.strictObject({ name: z.literal('unaccept') }),
  z.strictObject({ name: z.literal('return'), reason }),
  z.strictObject({ name: z.literal('unreturn') }),
  z.strictObject({
    name: z.literal('edit'),
    field: line(80).nullable().optional(),
    urgency: z.enum(urgencies).optional(),
  }),
  z.strictObject({ name: z.literal('merge'), intoQuestionId: id }),
  z.strictObject({ name: z.literal('unmerge') }),
  z.strictObject({ name: z.literal('dispose'), disposition }),
  z.strictObject({ name: z.literal('undispose') }),
]);

/** A question that came in without its asker's session: by the public form, or on a list. */
const received = {
  ...one,
  bridgePointId: id,
  text: paragraph(maxQuestionLength),
  field: line(80).nullable(),
  asker: line(120).nullable(),
  nameVisibility: z.enum(nameVisibilities),
};

export const questionCommands = {
  'question.ask': z.strictObject({
    /** Made by the client, so that a question kept offline has its name already. */
    questionId: id,
    /** The hall it is asked in; a participant's own hall, or the moderator's. */
    bridgePointId: id,
    text: paragraph(maxQuestionLength),
    field: line(80).nullable(),
    nameVisibility: z.enum(nameVisibilities),
    /** On somebody's behalf, typed by staff: the name as given, or `null`. */
    onBehalfOf: z.strictObject({ name: line(120).nullable() }).optional(),
    /** How it reached the one who types it; `onBehalf` when it is not said. */
    channel: z.enum(typedChannels).optional(),
    urgency: z.enum(urgencies).optional(),
    /** Uploaded before, by the same session. */
    attachmentIds: attachmentIds.optional(),
    /** The hand that this question answers; it is lowered in the same step. */
    handId: id.optional(),
  }),
  /** From the public form; the server issues it. */
  'question.receive': z.strictObject({ ...received, attachmentIds: attachmentIds.optional() }),
  /** Questions collected beforehand; all or nothing. */
  'question.import': z.strictObject({
    questions: z.array(z.strictObject(received)).min(1).max(maxImportedQuestions),
  }),
  'question.edit': z.strictObject({
    ...one,
    wording: paragraph(maxQuestionLength).optional(),
    field: line(80).nullable().optional(),
    urgency: z.enum(urgencies).optional(),
    /** The revision that was read: refused with `changed_meanwhile` when it is no longer the last. */
    ifRevision: z.int().min(0).optional(),
  }),
  'question.forward': z.strictObject(one),
  /** Takes a forwarded question back to the hall, while nobody at the city has acted on it. */
  'question.recall': z.strictObject(one),
  'question.return': z.strictObject({ ...one, reason }),
  /** Takes a return back: the question is where it was. Only by the level that returned it. */
  'question.unreturn': z.strictObject(one),
  'question.accept': z.strictObject(one),
  'question.unaccept': z.strictObject(one),
  /**
   * Puts an accepted question just before another one, or last, and pins it there: the rule leaves
   * it where a person put it.
   */
  'question.move': z.strictObject({
    ...one,
    beforeQuestionId: id.nullable(),
    reason: line(300).optional(),
  }),
  /** Gives a moved question back to the rule. */
  'question.unpin': z.strictObject(one),
  /** Makes it a part of another one; its asker follows that one from now on. */
  'question.merge': z.strictObject({ ...one, intoQuestionId: id }),
  'question.unmerge': z.strictObject(one),
  /** All or nothing: `details.questionIds` of a refusal name those that stand in the way. */
  'question.bulk': z.strictObject({
    questionIds: z.array(id).min(1).max(maxBulk),
    action: bulkAction,
  }),
  /** A note for the desk's eyes only. */
  'question.note': z.strictObject({ ...one, noteId: id, text: paragraph(2_000) }),
  'question.unnote': z.strictObject({ noteId: id }),
  /** An agency's brief or draft answer for the leader; `null` takes it away. */
  'question.brief': z.strictObject({
    ...one,
    brief: z.strictObject({ agency: line(160), text: paragraph(4_000) }).nullable(),
  }),
  /** "I have this question too." */
  'question.support': z.strictObject({ ...one, supportId: id }),
  'question.unsupport': z.strictObject({ supportId: id }),
  'question.withdraw': z.strictObject(one),
  'question.dispose': z.strictObject({ ...one, disposition }),
  'question.undispose': z.strictObject(one),
};
