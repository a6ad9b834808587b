/**
 * The server with one fault put in on purpose: it acknowledges before it commits. The product has
 * no such switch; this program exists so that whoever looks for lost questions can show that they
 * would be found.
 */
import { startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import type { Journal } from '../../src/dialogue/kernel/ports.ts';
import { createLog } from '../../src/telemetry/log.ts';

/** How long what was acknowledged is nowhere but in this process, in ms. */
const lagMs = 100;

const config = loadConfig(process.env);
const log = createLog(config.log);
log.warn('FAULT REHEARSAL: this server acknowledges before it commits and will lose what it took');

const app = await startApp({
  config,
  log,
  onLost: () => process.exit(1),
  wrapJournal: acknowledgingEarly,
});
log.info({ url: app.url }, 'ready');
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));

function acknowledgingEarly(journal: Journal): Journal {
  let written = Promise.resolve();
  return {
    read: async (...request) => written.then(() => journal.read(...request)),
    outcomes: (...request) => journal.outcomes(...request),
    async append(commit) {
      // Its rows are the dialogue's own, which go on changing.
      const kept = structuredClone(commit);
      const due = new Promise((resolve) => setTimeout(resolve, lagMs));
      written = written
        .then(() => due)
        .then(() => journal.append(kept))
        .catch((error: unknown) => log.error({ err: error }, 'acknowledged and lost'));
    },
  };
}
