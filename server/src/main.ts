import type { Logger } from 'pino';
import { type App, startApp } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import type { DemoLink } from './dialogue/demo/demo.ts';
import { exitCodes } from './exit-codes.ts';
import { DataDirectoryInUse } from './store/embedded/index.ts';
import { createLog } from './telemetry/log.ts';

/** The second signal of one Ctrl-C, from the terminal and from npm, comes well within this. */
const sameRequestMs = 1_000;
/** How long a node that leaves waits for its people to go to others, in ms. */
const leavingLimitMs = 60_000;

/** The server: environment in, signals in, exit code out. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLog(config.log);
  const starting = startApp({
    config,
    log,
    onLost: (error) => {
      log.fatal({ err: error }, 'the database is gone');
      process.exit(exitCodes.unavailable);
    },
  });
  const stop = closeOnSignal(starting, log);
  const app = await starting;
  if (stop.isAsked()) return;
  log.info({ url: app.url }, 'ready');
  process.stdout.write(welcome(app));
}

/**
 * Ends the process in order at SIGINT or SIGTERM, and at once when asked again; at SIGUSR2 when its
 * people have gone to other nodes.
 */
function closeOnSignal(starting: Promise<App>, log: Logger): { isAsked: () => boolean } {
  let askedAt: number | null = null;
  const close = async () => {
    // What is half open can only be closed once it stands; a start that fails closes it itself and
    // ends the process with its own words.
    const app = await starting.catch(() => null);
    if (app === null) return;
    await app.close();
    process.exit(0);
  };
  const stop = (signal: string) => {
    if (askedAt !== null) {
      if (Date.now() - askedAt < sameRequestMs) return;
      log.warn({ signal }, 'asked again: ending at once');
      process.exit(1);
    }
    askedAt = Date.now();
    log.info({ signal }, 'closing: sockets, commands under way, media, database');
    close().catch((error: unknown) => {
      log.fatal({ err: error }, 'could not close in order');
      process.exit(1);
    });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGUSR2', () => {
    log.info('leaving: nobody is let in, everybody goes to another node');
    starting
      .then((app) => app.leave(leavingLimitMs))
      .then(() => askedAt ?? stop('SIGUSR2'))
      .catch((error: unknown) => log.error({ err: error }, 'could not leave in order'));
  });
  return { isAsked: () => askedAt !== null };
}

function welcome({ url, demo, firstAdmin }: App): string {
  const lines = ['', `  Nhịp Cầu: ${url}/desk/`, ''];
  if (firstAdmin) {
    lines.push(
      '  The first account, shown this once:',
      `    ${firstAdmin.username}   ${firstAdmin.password}`,
      '',
    );
  }
  if (demo) {
    lines.push('  Demonstration: each link signs in with one click.', '');
    for (const link of forPeople(demo.links)) lines.push(`    ${label(link)}${url}${link.path}`);
    lines.push('');
  }
  return `${lines.join('\n')}\n`;
}

/** Every moderator, and one of each other role: a screen and a phone belong to the first hall. */
function forPeople(links: readonly DemoLink[]): DemoLink[] {
  return links.filter(
    (link, index) =>
      link.role === 'moderator' || links.findIndex(({ role }) => role === link.role) === index,
  );
}

function label({ role, bridgePointName }: DemoLink): string {
  return (bridgePointName === null ? role : `${role}, ${bridgePointName}`).padEnd(44);
}

try {
  await main();
} catch (error) {
  if (error instanceof ConfigError) {
    for (const message of error.messages) process.stderr.write(`${message}\n`);
    process.exit(exitCodes.config);
  }
  const known = error instanceof DataDirectoryInUse || isAddressError(error);
  process.stderr.write(`${known ? (error as Error).message : String((error as Error).stack)}\n`);
  process.exit(exitCodes.unavailable);
}

function isAddressError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
