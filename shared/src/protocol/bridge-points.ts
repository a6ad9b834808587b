import { z } from 'zod';
import { id, line } from './scalars.ts';

/** A bridge point as a list gives it. `code` is its stable name in the organiser's own papers. */
export const bridgePointInput = z.strictObject({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  name: line(160),
  district: line(80),
  kind: line(40),
  expectedAttendance: z.int().min(0).max(100_000),
});

export type BridgePointInput = z.infer<typeof bridgePointInput>;

export const bridgePointCommands = {
  /** Adds new ones and updates those whose code is known; all or nothing. */
  'bridgePoint.import': z.strictObject({
    bridgePoints: z.array(bridgePointInput).min(1).max(2_000),
  }),
  'bridgePoint.update': z.strictObject({
    bridgePointId: id,
    name: line(160).optional(),
    district: line(80).optional(),
    expectedAttendance: z.int().min(0).max(100_000).optional(),
  }),
};
