import { z } from 'zod';
import { type CheckName, checkNames, checkResults, rollCallResults } from '../model/rehearsal.ts';
import { id, line } from './scalars.ts';

const check = z.strictObject({
  result: z.enum(checkResults),
  value: z.int().min(-8_640_000_000).max(8_640_000_000).nullable(),
});

export const rehearsalCommands = {
  /** What the guided check of a hall's computer found. */
  'rehearsal.report': z.strictObject({
    bridgePointId: id,
    checks: z.strictObject(
      Object.fromEntries(checkNames.map((name) => [name, check])) as Record<
        CheckName,
        typeof check
      >,
    ),
  }),
  /** How a hall answered the roll call; `null` takes its mark away. */
  'rollCall.mark': z.strictObject({
    bridgePointId: id,
    result: z.enum(rollCallResults).nullable(),
    note: line(300).nullable().optional(),
  }),
};

/** Bytes of the probe that measures a hall's line, each way; the server takes and sends no more. */
export const probeBytes = 512 * 1024;
