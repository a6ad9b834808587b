/**
 * `npm run database`: the embedded PostgreSQL alone, without the product, for a backup, a restore
 * or a look with psql. Prints its address and stops it at Ctrl-C.
 */
import { ConfigError, loadConfig } from './config.ts';
import { exitCodes } from './exit-codes.ts';
import { startEmbeddedPostgres } from './store/embedded/index.ts';

try {
  const { dir } = loadConfig(process.env).data;
  const starting = startEmbeddedPostgres({
    dataDir: dir,
    log: { info: () => {}, warn: console.error, error: console.error },
    onLost: () => process.exit(exitCodes.unavailable),
  });
  // Also while it starts: PostgreSQL would outlive this process. A failed start is told below.
  const stop = () =>
    void starting
      .then((postgres) => postgres.close())
      .then(
        () => process.exit(0),
        () => {},
      );
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.log((await starting).url);
} catch (error) {
  console.error((error as Error).message);
  process.exit(error instanceof ConfigError ? exitCodes.config : exitCodes.unavailable);
}
