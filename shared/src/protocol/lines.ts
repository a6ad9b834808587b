import { z } from 'zod';
import { id, paragraph } from './scalars.ts';

const ofHall = z.strictObject({ bridgePointId: id });

export const lineCommands = {
  /** A message between the desk and one hall's moderator; nobody else reads it. */
  'line.say': z.strictObject({ messageId: id, bridgePointId: id, text: paragraph(1_000) }),
  /** Asks the other side to talk; nobody is heard before it answers. */
  'line.ring': ofHall,
  'line.answer': ofHall,
  /** Either side, also before there was an answer. */
  'line.hangUp': ofHall,
};
