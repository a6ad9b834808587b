import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, migrate, openDatabase } from '../../src/store/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

describe('the first nodes of an empty database', () => {
  it('bring it to its version once, however many begin at the same moment', async () => {
    const nodes: Database[] = Array.from({ length: 5 }, () =>
      openDatabase(database.url, { maxConnections: 1 }),
    );
    await Promise.all(nodes.map((db) => migrate(db)));
    expect(await nodes[0]!.selectFrom('logEntry').selectAll().execute()).toEqual([]);
    await Promise.all(nodes.map((db) => db.destroy()));
  });

  describe('as processes', () => {
    let redis: TestRedis;
    let dir: string;
    let servers: ServerProcess[] = [];

    beforeEach(async () => {
      redis = await startRedis();
      dir = await mkdtemp(join(tmpdir(), 'nhip-cau-first-nodes-'));
    });
    afterEach(async () => {
      await Promise.all(servers.map((server) => server.kill()));
      await redis.kill();
      await rm(dir, { recursive: true, force: true });
    });

    it('all serve, with one first account and one demonstration', async () => {
      servers = await Promise.all(
        ['one', 'other'].map((name) =>
          startServerProcess({
            DATABASE_URL: database.url,
            REDIS_URL: redis.url,
            DATA_DIR: join(dir, name),
            DEMO: 'auto',
          }),
        ),
      );
      for (const { url } of servers) expect((await fetch(`${url}/readyz`)).status).toBe(200);
      const db = openDatabase(database.url, { maxConnections: 1 });
      const accounts = await db.selectFrom('account').select('username').execute();
      const dialogues = await db.selectFrom('logHead').select('dialogueId').execute();
      await db.destroy();
      expect(accounts.length).toBeGreaterThan(1);
      expect(new Set(accounts.map(({ username }) => username)).size).toBe(accounts.length);
      expect(dialogues).toHaveLength(1);
      expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
    });
  });
});
