import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
// Declares what is provided here, for those who read it.
import type {} from './postgres.ts';
import { DataDirectoryInUse, startEmbeddedPostgres } from '../../src/store/embedded/index.ts';

const PREFIX = 'nhip-cau-test-';
const ABANDONED_AFTER_MS = 60_000;

/** One real PostgreSQL for the whole project's run, in a temporary directory. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandoned();
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX));
  await chmod(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, log: quiet }).catch(async (error) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** PostgreSQL outlives a killed server on purpose, so a killed test run leaves one behind. */
async function sweepAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const dataDir of names.map((name) => join(tmpdir(), name))) {
    const cluster = await stat(join(dataDir, 'postgres')).catch(() => undefined);
    const mine = cluster && (process.getuid?.() === 0 || cluster.uid === process.getuid?.());
    if (!mine || Date.now() - cluster.ctimeMs < ABANDONED_AFTER_MS) continue;
    try {
      const postgres = await startEmbeddedPostgres({ dataDir, log: quiet });
      await postgres.close();
      await rm(dataDir, { recursive: true, force: true });
    } catch (error) {
      // Another run that lives: its PostgreSQL is its own.
      if (!(error instanceof DataDirectoryInUse)) throw error;
    }
  }
}

const quiet = {
  info: () => {},
  warn: (...args: unknown[]) => process.stderr.write(`${JSON.stringify(args)}\n`),
  error: (...args: unknown[]) => process.stderr.write(`${JSON.stringify(args)}\n`),
};
