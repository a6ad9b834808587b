import { z } from 'zod';
import { id, line } from './scalars.ts';

export const handCommands = {
  'hand.raise': z.strictObject({
    handId: id,
    bridgePointId: id,
    /** For somebody without a phone, raised by the moderator. */
    seatedName: line(120).nullable().optional(),
  }),
  'hand.lower': z.strictObject({ handId: id }),
};
