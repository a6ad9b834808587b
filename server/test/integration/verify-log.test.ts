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

const verify = (env: Record<string, string> = { DATABASE_URL: test.url }) =>
  promisify(execFile)(process.execPath, [program], { env: { ...process.env, ...env } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
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

it.each([
  [
    'a directory without a database',
    { DATABASE_URL: '', DATA_DIR: '/nowhere/data' },
    69,
    'There is no database in /nowhere/data; set DATA_DIR\n',
  ],
  [
    'a database that does not answer',
    { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' },
    69,
    'The log cannot be read: connect ECONNREFUSED 127.0.0.1:1\n',
  ],
  [
    'a variable that is wrong',
    { DATABASE_URL: 'nonsense' },
    78,
    'DATABASE_URL: expected postgres://user:password@host:port/database, got something else\n',
  ],
])('tells %s in one line', async (_, env, code, stderr) => {
  expect(await verify(env)).toEqual({ code, stdout: '', stderr });
});
