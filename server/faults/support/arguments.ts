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
