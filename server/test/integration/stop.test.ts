import { once } from 'node:events';
import { access, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SpawnedServer, spawnServerProcess } from '../support/server-process.ts';

let dataDir: string;
let server: SpawnedServer;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'nhip-cau-test-stop-'));
  await chmod(dataDir, 0o711);
  server = spawnServerProcess({ DATA_DIR: dataDir });
});
afterEach(async () => {
  await server.kill();
  await rm(dataDir, { recursive: true, force: true });
});

/** PostgreSQL takes its file away as the last thing that it does. */
const hasPostgres = () =>
  access(join(dataDir, 'postgres/cluster/postmaster.pid')).then(
    () => true,
    () => false,
  );

describe('a server that is told to stop', () => {
  test('while it starts ends in order, its database with it', async () => {
    await server.line(/"embedded PostgreSQL is ready"/);
    expect(await hasPostgres()).toBe(true);
    expect(await server.stop()).toBe(0);
    expect(await hasPostgres()).toBe(false);
  });

  test('twice by one Ctrl-C still ends in order', async () => {
    await server.line(/"msg":"ready"/);
    const exited = once(server.child, 'exit');
    server.child.kill('SIGINT');
    await server.line(/"msg":"closing:/);
    server.child.kill('SIGINT');
    await exited;
    expect([server.child.exitCode, await hasPostgres()]).toEqual([0, false]);
  });
});
