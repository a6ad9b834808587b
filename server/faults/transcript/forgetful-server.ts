/**
 * The server with one fault put in on purpose: it remembers nowhere how far a run was heard, and
 * gives lines names of chance, so that a restart writes them again. The product has no such switch;
 * this program exists so that whoever looks for doubled lines can show that they would be found.
 */
import { randomUUID } from 'node:crypto';
import { LogSink } from '../../src/speech/log-sink.ts';
import { Run } from '../../src/speech/spool/run.ts';

const { hear } = LogSink.prototype;
const { moveCursor } = Run.prototype;

LogSink.prototype.hear = function (dialogueId, line) {
  return hear.call(this, dialogueId, { ...line, lineId: randomUUID() });
};
LogSink.prototype.heardUntil = () => Promise.resolve(null);
Run.prototype.moveCursor = function (cursor) {
  moveCursor.call(this, cursor, false);
};

process.stderr.write('FAULT REHEARSAL: this server forgets what it has heard\n');
await import('../../src/main.ts');
