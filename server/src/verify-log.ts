import { ConfigError, loadConfig } from './config.ts';
import { findChainFault } from './dialogue/kernel/chain.ts';
import { exitCodes } from './exit-codes.ts';
import { openDatabase } from './store/database.ts';
import { PostgresFailed, visitEmbeddedPostgres } from './store/embedded/index.ts';
import { createJournal } from './store/journal.ts';
import { findRowFault } from './store/verify-rows.ts';

/**
 * `npm run verify-log`: checks the hash chain of every dialogue, and that the read models say what
 * the logs say. Prints a line a dialogue; exits 1 when one does not hold, 69 when the database is
 * not to be had, 78 when a variable is wrong.
 */
async function verify(): Promise<boolean> {
  const config = loadConfig(process.env);
  const quiet = { info: () => {}, warn: console.error, error: console.error };
  const embedded =
    config.data.databaseUrl === undefined
      ? await visitEmbeddedPostgres({ dataDir: config.data.dir, log: quiet })
      : null;
  const db = openDatabase(config.data.databaseUrl ?? embedded!.url, { maxConnections: 2 });
  let faults = 0;
  try {
    const journal = createJournal(db);
    const heads = await db.selectFrom('logHead').selectAll().orderBy('dialogueId').execute();
    for (const head of heads) {
      const entries = await journal.read(head.dialogueId, 0);
      const last = entries.at(-1);
      const fault =
        findChainFault(entries) ??
        (last?.seq === head.seq && last.hash === head.hash
          ? null
          : { seq: head.seq, fault: 'the head is not the last entry' }) ??
        (await findRowFault(db, head.dialogueId, entries));
      if (fault) faults += 1;
      const verdict = fault ? `FAULT at ${fault.seq}: ${fault.fault}` : 'holds';
      console.log(`${head.dialogueId}  ${entries.length} entries  ${head.hash}  ${verdict}`);
    }
    console.log(`${heads.length} dialogues, ${faults} faults`);
  } finally {
    await db.destroy();
    await embedded?.close();
  }
  return faults === 0;
}

try {
  process.exitCode = (await verify()) ? 0 : 1;
} catch (error) {
  console.error(told(error));
  process.exitCode = error instanceof ConfigError ? exitCodes.config : exitCodes.unavailable;
}

/** One line for what an operator can mend; where it came from for what nobody expected. */
function told(error: unknown): string {
  if (error instanceof ConfigError || error instanceof PostgresFailed) return error.message;
  // Of PostgreSQL or of the line to it; of several addresses tried in vain only the code is told.
  if (error instanceof Error && 'code' in error) {
    return `The log cannot be read: ${error.message || String(error.code)}`;
  }
  return error instanceof Error ? String(error.stack) : String(error);
}
