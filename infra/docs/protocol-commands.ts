import { commands, isCommandName, serverOnlyCommands } from '@nhip-cau/shared/protocol/commands';
import type { CommandName } from '@nhip-cau/shared/protocol/commands';
import { errorCodes } from '@nhip-cau/shared/protocol/errors';
import type { z } from 'zod';
import { code, type Sections, table } from './fill.ts';
import { type Field, fieldsOf } from './schema-text.ts';
import { commentsIn } from './source.ts';
import { whoMay } from './who.ts';

/** The modules of `shared/src/protocol` that declare commands, in the order of a dialogue's life. */
const features = [
  'session',
  'people',
  'bridge-points',
  'rehearsal',
  'lines',
  'equipment',
  'questions',
  'hands',
  'floor',
  'presentation',
  'transcript',
  'recording',
  'attendance',
] as const;

/** A table of fields; `comment` finds what the source says about one. */
export function fieldTable(
  fields: readonly Field[],
  comment: (name: string) => string | undefined,
): string {
  if (fields.length === 0) return 'No fields.';
  const rows = fields.map(({ name, optional, type }) => [
    code(optional ? `${name}?` : name),
    code(type),
    comment(name) ?? '',
  ]);
  return table(['field', 'type', ''], rows);
}

async function commandsOf(feature: string): Promise<CommandName[]> {
  const module: Record<string, unknown> = await import(`@nhip-cau/shared/protocol/${feature}`);
  return Object.entries(module)
    .filter(([name]) => name.endsWith('Commands'))
    .flatMap(([, schemas]) => Object.keys(schemas as object))
    .filter(isCommandName);
}

const byFeature = await Promise.all(
  features.map(async (feature) => ({ feature, names: await commandsOf(feature) })),
);

function commandText(name: CommandName, comments: ReadonlyMap<string, string>): string {
  const schema: z.ZodType = commands[name];
  return [
    `#### ${code(name)}`,
    comments.get(name) ?? '',
    `Who: ${whoMay(name)}.${serverOnlyCommands.has(name) ? ' Only the server itself issues it; from a client it is `unknown_command`.' : ''}`,
    fieldTable(
      fieldsOf(schema),
      (field) => comments.get(`${name}.${field}`) ?? comments.get(field),
    ),
  ].join('\n\n');
}

function allCommands(): string {
  const shown = byFeature.flatMap(({ names }) => names);
  const left = Object.keys(commands).filter((name) => !shown.includes(name as CommandName));
  if (left.length > 0) throw new Error(`no feature of the page declares ${left.join(', ')}`);
  return byFeature
    .flatMap(({ feature, names }) => {
      const comments = commentsIn(feature);
      return [`### ${feature}`, ...names.map((name) => commandText(name, comments))];
    })
    .join('\n\n');
}

function errors(): string {
  const rows = Object.entries(errorCodes).map(([name, { status, retry }]) => [
    code(name),
    String(status),
    retry ? 'yes' : '',
  ]);
  return table(['code', 'HTTP status', 'retry'], rows);
}

export const commandSections: Sections = { commands: allCommands, errors };
