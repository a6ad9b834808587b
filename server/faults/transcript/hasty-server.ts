/**
 * The server with one fault put in on purpose: it takes a line for written before the log has
 * acknowledged it, so that the run's cursor moves too soon. The product has no such switch; this
 * program exists so that whoever looks for lost lines can show that they would be found.
 */
import { LogSink } from '../../src/speech/log-sink.ts';

/** How long a line is nowhere but in this process, in ms. */
const lagMs = 2_000;

const { hear } = LogSink.prototype;

LogSink.prototype.hear = function (...line) {
  // Whoever waits for it is told at once; what becomes of it nobody is told.
  setTimeout(() => void hear.apply(this, line).catch(() => {}), lagMs);
  return Promise.resolve();
};

process.stderr.write('FAULT REHEARSAL: this server moves on before a line is written\n');
await import('../../src/main.ts');
