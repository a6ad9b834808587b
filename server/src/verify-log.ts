import { loadConfig } from './config.ts';
import { findChainFault } from './dialogue/kernel/chain.ts';
import { openDatabase } from './store/database.ts';
import { visitEmbeddedPostgres } from './store/embedded/index.ts';
import { createJournal } from './store/journal.ts';
import { findRowFault } from './store/verify-rows.ts';

/**
 * Checks the hash chain of every dialogue, and that the read models say what the logs say. Prints
 * a line a dialogue; exits 1 when one does not hold.
 */
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
process.exitCode = faults === 0 ? 0 : 1;
