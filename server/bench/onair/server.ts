/** The server as it is, but for the transports, which are plain; says how its event loop fared. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { sharedNow } from '../support/clock.ts';
import { openPlainTransport } from './plain.ts';

/** How finely delays are seen, in ms: what is measured is this much more than the delay. */
const resolutionMs = 5;
const tellEveryMs = 250;

const config = loadConfig(process.env);
const log = createLog(config.log);
const app = await startApp({
  config,
  log,
  onLost: () => process.exit(1),
  openTransport: openPlainTransport,
});
log.info({ url: app.url }, 'ready');

const delays = monitorEventLoopDelay({ resolution: resolutionMs });
delays.enable();
setInterval(() => {
  const longestMs = Math.max(0, delays.max / 1e6 - resolutionMs);
  delays.reset();
  process.stdout.write(`${JSON.stringify({ loopAt: sharedNow(), longestMs })}\n`);
}, tellEveryMs);

process.once('SIGTERM', () => {
  void app.close().then(() => process.exit(0));
});
