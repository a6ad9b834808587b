import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = join(import.meta.dirname, '../../faults/main.ts');
const size =
  '--rounds 3 --questions 40 --captions 5 --persons 10 --listeners 5 --halls 2 --secretaries 1'.split(
    ' ',
  );

it('three rounds of kills and cuts lose nothing, and a server that would is found out', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, 'questions', '--seed', '11', ...size],
    { maxBuffer: 8_000_000 },
  );
  const { ok, figures, targets } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
  expect(ok, stdout).toBe(true);
  expect(figures).toMatchObject({ serverKills: 1, backendKills: 1, postmasterKills: 1 });
  expect(figures.cutMessages + figures.cutAnswers).toBeGreaterThan(0);
  expect(figures.duplicates + figures.stragglers).toBeGreaterThan(0);
  expect(targets.submissions.value).toBe(120);
  expect(targets.brokenServerLosses.value).toBeGreaterThan(0);
});
