/**
 * `npm run database`: the embedded PostgreSQL alone, without the product, for a backup, a restore
 * or a look with psql. Prints its address and stops it at Ctrl-C.
 */
import { ConfigError, loadConfig } from './config.ts';
import { exitCodes } from './exit-codes.ts';
import { startEmbeddedPostgres } from './store/embedded/index.ts';

try {
  const { dir } = loadConfig(process.env).data;
  const postgres = await startEmbeddedPostgres({
    dataDir: dir,
    log: { info: () => {}, warn: console.error, error: console.error },
    onLost: () => process.exit(exitCodes.unavailable),
  });
  console.log(postgres.url);
  const stop = () => void postgres.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  console.error((error as Error).message);
  process.exit(error instanceof ConfigError ? exitCodes.config : exitCodes.unavailable);
}
