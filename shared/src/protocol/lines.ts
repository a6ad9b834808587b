import { z } from 'zod';
import { lineLosses } from '../model/lines.ts';
import { id, instant, paragraph } from './scalars.ts';

const ofHall = z.strictObject({ bridgePointId: id });

export const lineCommands = {
  /** A message between the desk and one hall's moderator; nobody else reads it. */
  'line.say': z.strictObject({ messageId: id, bridgePointId: id, text: paragraph(1_000) }),
  /** Asks the other side to talk; nobody is heard before it answers. */
  'line.ring': ofHall,
  'line.answer': ofHall,
  /** Either side, also before there was an answer. */
  'line.hangUp': ofHall,
  /**
   * Hangs up a line of which one end is gone. `since`: the one whose state began then; any other is
   * left alone.
   */
  'line.drop': z.strictObject({ bridgePointId: id, since: instant, reason: z.enum(lineLosses) }),
};
