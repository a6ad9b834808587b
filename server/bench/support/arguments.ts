import { parseArgs } from 'node:util';

/** Reads `--name NUMBER` for each name; throws on anything else. */
export function numbersOf<Name extends string>(
  args: string[],
  defaults: Record<Name, number>,
): Record<Name, number> {
  const names = Object.keys(defaults) as Name[];
  const { values } = parseArgs({
    args,
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  });
  return Object.fromEntries(
    names.map((name) => {
      const given = (values as Record<string, string | undefined>)[name];
      const value = given === undefined ? defaults[name] : Number(given);
      if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name}: a number above 0`);
      return [name, value];
    }),
  ) as Record<Name, number>;
}

/** Says how far it is; on stderr, so that the output stays the table and the report. */
export const progress = (line: string): void => void process.stderr.write(`${line}\n`);
