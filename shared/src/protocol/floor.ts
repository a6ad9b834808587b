import { z } from 'zod';
import { id } from './scalars.ts';

export const floorCommands = {
  /** Puts an accepted question's hall on deck. */
  'floor.prepare': z.strictObject({ questionId: id }),
  /** Takes it off deck, back to its place in the queue. */
  'floor.release': z.strictObject({ turnId: id }),
  /** Puts it on air; a turn that is on air ends in the same step. */
  'floor.call': z.strictObject({ questionId: id }),
  'floor.end': z.strictObject({ turnId: id }),
  'floor.hold': z.strictObject({ turnId: id, reason: z.enum(['linkLost', 'person']) }),
  'floor.resume': z.strictObject({ turnId: id }),
};
