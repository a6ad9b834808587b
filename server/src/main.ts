import { type App, startApp } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import type { DemoLink } from './dialogue/demo/demo.ts';
import { exitCodes } from './exit-codes.ts';
import { DataDirectoryInUse } from './store/embedded/index.ts';
import { createLog } from './telemetry/log.ts';

/** The server: environment in, signals in, exit code out. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLog(config.log);
  let app: App | null = null;
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'closing: sockets, commands under way, media, database');
    // Before it stands there is nothing to close in order; start-up closes what it opened.
    void (app?.close() ?? Promise.resolve()).then(
      () => process.exit(0),
      (error: unknown) => {
        log.fatal({ err: error }, 'could not close in order');
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  app = await startApp({
    config,
    log,
    onLost: (error) => {
      log.fatal({ err: error }, 'the database is gone');
      process.exit(exitCodes.unavailable);
    },
  });
  log.info({ url: app.url }, 'ready');
  process.stdout.write(welcome(app));
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
