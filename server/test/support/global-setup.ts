import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/store/embedded/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the run's one PostgreSQL; make a database of your own in it. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the whole project's run, in a temporary directory. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nhip-cau-test-'));
  await chmod(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir, log: quiet });
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}

const quiet = {
  info: () => {},
  warn: (...args: unknown[]) => process.stderr.write(`${JSON.stringify(args)}\n`),
  error: (...args: unknown[]) => process.stderr.write(`${JSON.stringify(args)}\n`),
};
