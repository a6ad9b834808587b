import { z } from 'zod';
import { id } from './scalars.ts';

const turn = { turnId: id };

export const floorCommands = {
  /** Puts an accepted question's hall on deck. */
  'floor.prepare': z.strictObject({ questionId: id }),
  /** Takes it off deck, back to its place in the queue. */
  'floor.release': z.strictObject(turn),
  /** Puts it on air; a turn that is on air ends in the same step. */
  'floor.call': z.strictObject({ questionId: id }),
  /** Gives the floor to a raised hand, without a written question; the same handover. */
  'floor.callHand': z.strictObject({ handId: id }),
  /**
   * Gives the floor for a short reply to what was heard: to the asker's hall, or to another one
   * that was spoken of; the same handover.
   */
  'floor.reply': z.strictObject({ questionId: id, bridgePointId: id.optional() }),
  /** The head table's own turn, perhaps as the answer to a question; the same handover. */
  'floor.hostTurn': z.strictObject({ questionId: id.optional() }),
  /** More time, or less, for the turn on air or held. */
  'floor.extend': z.strictObject({
    ...turn,
    seconds: z
      .int()
      .min(-1_800)
      .max(1_800)
      .refine((seconds) => seconds !== 0, { error: 'not zero' }),
  }),
  'floor.end': z.strictObject({ ...turn, reason: z.enum(['person', 'timeUp']).optional() }),
  'floor.hold': z.strictObject({ ...turn, reason: z.enum(['linkLost', 'person']) }),
  'floor.resume': z.strictObject(turn),
};
