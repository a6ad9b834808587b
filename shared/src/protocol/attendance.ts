import { z } from 'zod';
import { id } from './scalars.ts';

export const attendanceCommands = {
  /** People present in the hall, as counted by its moderator. */
  'attendance.report': z.strictObject({
    bridgePointId: id,
    headcount: z.int().min(0).max(100_000),
  }),
};
