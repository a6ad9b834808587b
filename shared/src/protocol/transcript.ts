import { z } from 'zod';
import { id, paragraph } from './scalars.ts';

export const transcriptCommands = {
  /** One line as it was said; attributed to the turn on air, or to the head table. */
  'transcript.add': z.strictObject({
    lineId: id,
    text: paragraph(1_000),
    speaker: z.enum(['turn', 'host']),
  }),
};
