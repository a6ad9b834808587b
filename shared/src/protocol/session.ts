import { z } from 'zod';
import { namePolicies } from '../model/session.ts';
import { instant, line } from './scalars.ts';

const settings = {
  title: line(300),
  organiser: line(200),
  startsAt: instant,
  fields: z.array(line(80)).min(1).max(40),
  agencies: z.array(line(160)).max(200),
  namePolicy: z.enum(namePolicies),
  /** What a turn may take, in seconds; shown as a countdown. */
  turnSeconds: z.int().min(30).max(3_600),
};

export const sessionCommands = {
  'dialogue.create': z.strictObject(settings),
  'dialogue.configure': z.strictObject(settings).partial(),
  'dialogue.open': z.strictObject({}),
  'dialogue.start': z.strictObject({}),
  'dialogue.pause': z.strictObject({}),
  'dialogue.resume': z.strictObject({}),
  'dialogue.end': z.strictObject({}),
};
