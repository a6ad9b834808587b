import { z } from 'zod';
import { maxOrderWeight, type OrderCriterion, orderCriteria } from '../model/order.ts';
import { namePolicies, timeUpPolicies } from '../model/session.ts';
import { instant, line, paragraph } from './scalars.ts';

const weight = z.number().min(0).max(maxOrderWeight);
const order = z.strictObject(
  Object.fromEntries(orderCriteria.map((criterion) => [criterion, weight])) as Record<
    OrderCriterion,
    typeof weight
  >,
);

const rules = z
  .strictObject({
    order,
    districtSeconds: z.int().min(60).max(14_400).nullable(),
    replySeconds: z.int().min(10).max(3_600),
    hostSeconds: z.int().min(10).max(14_400),
    warnSeconds: z.int().min(0).max(600),
    timeUp: z.enum(timeUpPolicies),
    staleMinutes: z.int().min(1).max(1_440),
    publicForm: z.boolean(),
    returnReasons: z.array(paragraph(1_000)).max(40),
  })
  .partial();

const settings = {
  title: line(300),
  organiser: line(200),
  startsAt: instant,
  fields: z.array(line(80)).min(1).max(40),
  agencies: z.array(line(160)).max(200),
  namePolicy: z.enum(namePolicies),
  /** What a turn may take, in seconds; shown as a countdown. */
  turnSeconds: z.int().min(30).max(3_600),
  /** What is not said stays as it is; at first it is as `defaultRules` has it. */
  rules: rules.optional(),
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
