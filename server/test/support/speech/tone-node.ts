/**
 * A server as it starts, but one that takes plain RTP and hears tones: says in its log where each
 * transport takes packets, and with TONES in its environment its engine fails after so many finals,
 * for good. Not for people.
 */
import { startApp } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { createMediaWire } from '../media-wire.ts';
import { ToneEngine } from '../tone-engine.ts';

const config = loadConfig(process.env);
const log = createLog(config.log);
const wire = createMediaWire();
const most = Number(process.env['TONES'] ?? Infinity);
let given = 0;

const app = await startApp({
  config,
  log,
  onLost: () => process.exit(1),
  openTransport: async (worker, router, direction) => {
    const opened = await wire.open(worker, router, direction);
    const { id } = opened.transport;
    if (direction === 'send') log.info({ transportId: id, port: wire.port(id) }, 'takes packets');
    return opened;
  },
  speechEngine: new ToneEngine({
    beforeFinal: () => {
      given += 1;
      if (given > most) throw new Error('it hears no more');
    },
  }),
});
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
log.info({ url: app.url }, 'ready');
