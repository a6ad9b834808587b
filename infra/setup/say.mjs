/** Says one line of the set-up; on stderr, so that a program's own output stays clean. */
export function say(line) {
  process.stderr.write(`[setup] ${line}\n`);
}

/** Ends the set-up with one clear line. */
export function fail(line) {
  say(line);
  process.exit(1);
}
