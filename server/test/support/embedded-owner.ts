/**
 * A server process reduced to its database: starts the embedded PostgreSQL on the directory given
 * as argument, prints one JSON line and waits to be killed.
 */
import { startEmbeddedPostgres } from '../../src/store/embedded/index.ts';

const dataDir = process.argv[2];
if (!dataDir) throw new Error('a data directory is needed');
const silent = () => {};
const postgres = await startEmbeddedPostgres({
  dataDir,
  log: { info: silent, warn: silent, error: silent },
});
process.stdout.write(`${JSON.stringify({ url: postgres.url, adopted: postgres.adopted })}\n`);
process.stdin.resume();
