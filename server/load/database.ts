import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/store/embedded/index.ts';

export interface LoadDatabase {
  /** For the server's `DATABASE_URL`. */
  url: string;
  /** A folder of this run, for the server's `DATA_DIR`; gone with `close`. */
  dataDir: string;
  close(): Promise<void>;
}

/** A real PostgreSQL of this run's own in a temporary folder, without a server. */
export async function openLoadDatabase(name: string): Promise<LoadDatabase> {
  const dataDir = await temporaryFolder(name);
  const postgres = await startEmbeddedPostgres({ dataDir, log: quiet }).catch(async (error) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  return {
    url: postgres.url,
    dataDir,
    async close() {
      await postgres.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A folder that PostgreSQL's account can pass through; remove it at the end. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `nhip-cau-${name}-`));
  await chmod(folder, 0o711);
  return folder;
}

const complain = (...words: unknown[]) => process.stderr.write(`${JSON.stringify(words)}\n`);
const quiet = { info: () => {}, warn: complain, error: complain };
