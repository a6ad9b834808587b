import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = join(import.meta.dirname, '../../faults/main.ts');
const size = {
  rounds: 3,
  questions: 40,
  captions: 5,
  persons: 10,
  listeners: 5,
  halls: 2,
  secretaries: 1,
};
const args = Object.entries({ seed: 11, ...size }).flatMap(([name, value]) => [
  `--${name}`,
  String(value),
]);

/** Some 20 s alone on two cores; a machine that does other things besides may take its time. */
const timeoutMs = 240_000;

it(
  'three rounds of kills and cuts lose nothing, and a server that would is found out',
  async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [program, 'questions', ...args],
      { timeout: timeoutMs },
    );
    const { ok, figures, targets } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
    expect(ok, stdout).toBe(true);
    expect(figures).toMatchObject({ serverKills: 1, backendKills: 1, postmasterKills: 1 });
    expect(figures.cutMessages + figures.cutAnswers).toBeGreaterThan(0);
    expect(figures.duplicates + figures.stragglers).toBeGreaterThan(0);
    expect(targets.submissions.value).toBe(120);
    expect(targets.brokenServerLosses.value).toBeGreaterThan(0);
  },
  timeoutMs,
);
