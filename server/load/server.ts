import { startServerProcess, type ServerProcess } from '../test/support/server-process.ts';
import { type ProcessUsage, usageOf } from './process-usage.ts';

export interface LoadServer extends ServerProcess {
  usage(): ProcessUsage;
}

export interface LoadServerOptions {
  /** The folder of its data; its own PostgreSQL is there, unless `databaseUrl` names another. */
  dataDir: string;
  databaseUrl?: string;
  /** 0 or left out: any free one. */
  port?: number;
  /** More of the server's environment; `NODE_OPTIONS` for Node's own flags. */
  env?: Record<string, string>;
  /** Another program that serves, in place of `main.ts`. */
  program?: string;
}

/** The path of mediasoup's worker, built or fetched where it is not there yet. */
export async function mediaWorker(): Promise<string> {
  // Plain JavaScript without types: it also runs before anything is installed.
  const { getWorker } = (await import('../../infra/setup/worker.mjs' as string)) as {
    getWorker: () => Promise<string>;
  };
  return getWorker();
}

/** Starts the real server as a process of its own and waits until it is ready. */
export async function startLoadServer({
  dataDir,
  databaseUrl,
  port = 0,
  env = {},
  program,
}: LoadServerOptions): Promise<LoadServer> {
  const variables = {
    DATA_DIR: dataDir,
    PORT: String(port),
    LOG_LEVEL: 'info',
    MEDIASOUP_WORKER_BIN: await mediaWorker(),
    // As `npm start` has it.
    NODE_OPTIONS: '--max-semi-space-size=64',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...env,
  };
  const server = await startServerProcess(variables, program);
  return { ...server, usage: () => usageOf(server.child.pid!) };
}
