import { z } from 'zod';
import { memberRoles } from '../model/roles.ts';
import { id, line } from './scalars.ts';

export const peopleCommands = {
  'member.assign': z.strictObject({ accountId: id, role: z.enum(memberRoles) }),
  'member.remove': z.strictObject({ accountId: id, role: z.enum(memberRoles) }),
  /** Issued by the server when a join code was redeemed; `personId` is the session's. */
  'participant.join': z.strictObject({
    personId: id,
    bridgePointId: id,
    name: line(120).nullable(),
  }),
};
