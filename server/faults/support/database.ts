import type { LogEntry } from '../../src/dialogue/kernel/entries.ts';
import { openDatabase } from '../../src/store/database.ts';
import { visitEmbeddedPostgres } from '../../src/store/embedded/index.ts';
import { createJournal } from '../../src/store/journal.ts';
import type { SupervisedServer } from './supervised-server.ts';

const complain = (...words: unknown[]) => process.stderr.write(`${JSON.stringify(words)}\n`);
const quiet = { info: () => {}, warn: complain, error: complain };

/** While a server is up its database can be looked at without being taken over. */
export async function withDatabase<T>(
  dataDir: string,
  server: SupervisedServer,
  work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  await server.url;
  const { url, close } = await visitEmbeddedPostgres({ dataDir, log: quiet });
  try {
    return await work(url);
  } finally {
    await close();
  }
}

/** The whole log of a dialogue, oldest first. */
export async function readLog(databaseUrl: string, dialogueId: string): Promise<LogEntry[]> {
  const db = openDatabase(databaseUrl, { maxConnections: 1 });
  try {
    return await createJournal(db).read(dialogueId, 0);
  } finally {
    await db.destroy();
  }
}
