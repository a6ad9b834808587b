import { parseArgs } from 'node:util';

/** Something on the command line is wrong; the message is for whoever typed it. */
export class WrongArgument extends Error {}

/** Whether it tells what was typed wrongly, of ours or of `parseArgs`. */
export function isWrongArgument(error: unknown): error is Error {
  if (error instanceof WrongArgument) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('ERR_PARSE_ARGS_');
}

/** An option that is a whole number, `least` or more. Throws `WrongArgument`. */
export function wholeNumber<Name extends string>(
  values: Readonly<Record<Name, string>>,
  name: Name,
  least = 1,
): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= least) return value;
  throw new WrongArgument(
    `--${name}: expected a whole number from ${least} on, got "${values[name]}"`,
  );
}

/** Reads `--name NUMBER` for each name; throws `WrongArgument`, or as `parseArgs`, on anything else. */
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
      if (!Number.isFinite(value) || value <= 0) {
        throw new WrongArgument(`--${name}: expected a number above 0, got "${given}"`);
      }
      return [name, value];
    }),
  ) as Record<Name, number>;
}

/** Says how far it is; on stderr, so that the output stays the table and the report. */
export const progress = (line: string): void => void process.stderr.write(`${line}\n`);
