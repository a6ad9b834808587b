import { z } from 'zod';
import type { Action } from '../model/permissions.ts';
import { attendanceCommands } from './attendance.ts';
import { bridgePointCommands } from './bridge-points.ts';
import { equipmentCommands } from './equipment.ts';
import type { ProtocolError } from './errors.ts';
import { floorCommands } from './floor.ts';
import { handCommands } from './hands.ts';
import { lineCommands } from './lines.ts';
import { peopleCommands } from './people.ts';
import { presentationCommands } from './presentation.ts';
import { questionCommands } from './questions.ts';
import { recordingCommands } from './recording.ts';
import { rehearsalCommands } from './rehearsal.ts';
import { id } from './scalars.ts';
import { sessionCommands } from './session.ts';
import { transcriptCommands } from './transcript.ts';

/** Every command that changes a dialogue, by name; each name is an action of the permission table. */
export const commands = {
  ...sessionCommands,
  ...peopleCommands,
  ...bridgePointCommands,
  ...questionCommands,
  ...handCommands,
  ...floorCommands,
  ...transcriptCommands,
  ...attendanceCommands,
  ...presentationCommands,
  ...recordingCommands,
  ...rehearsalCommands,
  ...lineCommands,
  ...equipmentCommands,
} as const satisfies { readonly [Name in Action]?: z.ZodType };

export type CommandName = keyof typeof commands;
export type CommandPayload<Name extends CommandName> = z.infer<(typeof commands)[Name]>;

/** What goes over the wire. `commandId` is made by the client: a retry repeats it. */
export const commandEnvelope = z.strictObject({
  commandId: id,
  dialogueId: id,
  name: z.string().max(64),
  payload: z.unknown(),
});

export type CommandEnvelope<Name extends CommandName = CommandName> = {
  commandId: string;
  dialogueId: string;
  name: Name;
  payload: CommandPayload<Name>;
};

/**
 * The answer to a command. `ok` means committed: `seq` is the log's number of its last entry. A
 * retry of a command that was carried out gets the first answer again; one that was refused is
 * decided anew.
 */
export type CommandOutcome = { ok: true; seq: number } | { ok: false; error: ProtocolError };

/** Commands that only the server issues; from a client they are refused as unknown. */
export const serverOnlyCommands: ReadonlySet<CommandName> = new Set([
  'participant.join',
  'question.receive',
  'line.drop',
  'presentation.drop',
  'transcript.hear',
]);

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
