import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestEngine, TestDialogue, type TestEngine } from '../support/dialogue.ts';

const program = join(import.meta.dirname, '../../src/verify-log.ts');

let test: TestEngine & { url: string };

beforeAll(async () => {
  test = await createTestEngine();
});

afterAll(() => test.close());

const verify = () =>
  promisify(execFile)(process.execPath, [program], {
    env: { ...process.env, DATABASE_URL: test.url },
  }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  );

it('passes what was written, and names what somebody edited behind our back', async () => {
  const dialogue = await TestDialogue.open(test.engine);
  const questionId = await dialogue.accepted(1);
  expect(await verify()).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 dialogues, 0 faults'),
  });

  await sql`update question set wording = 'khác' where id = ${questionId}`.execute(test.db);
  const rows = await verify();
  expect(rows.code).toBe(1);
  expect(rows.stdout).toContain(`question ${questionId} differs from its entries`);

  await sql`alter table log_entry disable trigger all`.execute(test.db);
  await sql`update log_entry set at = at + 1 where seq = 3`.execute(test.db);
  const edited = await verify();
  expect(edited.code).toBe(1);
  expect(edited.stdout).toContain('FAULT at 3: changed entry');
});
