import { expect, test } from 'vitest';
import { Heartbeat, pingIntervalMs, pingTimeoutMs } from './heartbeat.ts';

const tickMs = 100;

class Pulse {
  slot = 0;
  isAwaited = false;
  silentTurns = 0;
  queuedBytes = 0;
  pings = 0;
  isCut = false;
  answers = true;

  pass(): void {
    this.pings += 1;
    if (this.answers) this.isAwaited = false;
  }
  cut(): void {
    this.isCut = true;
  }
}

function after(ms: number, ...lines: Pulse[]): Heartbeat {
  const heartbeat = new Heartbeat();
  for (const line of lines) heartbeat.add(line);
  for (let time = 0; time < ms; time += tickMs) heartbeat.beat();
  return heartbeat;
}

test('a line that answers is pinged each turn and stays', () => {
  const line = new Pulse();
  after(10 * pingIntervalMs + pingTimeoutMs, line);
  expect([line.pings, line.isCut]).toEqual([10, false]);
});

test('one that is silent is cut when its time is over, not before', () => {
  const [early, late] = [new Pulse(), new Pulse()];
  early.answers = false;
  late.answers = false;
  after(pingIntervalMs + pingTimeoutMs - tickMs, early);
  after(pingIntervalMs + pingTimeoutMs, late);
  expect([early.isCut, late.isCut]).toEqual([false, true]);
});

test('one that still reads what was sent to it before is given five turns more', () => {
  const [patient, over] = [new Pulse(), new Pulse()];
  for (const line of [patient, over]) Object.assign(line, { answers: false, queuedBytes: 1 });
  after(5 * pingIntervalMs + pingTimeoutMs, patient);
  after(6 * pingIntervalMs + pingTimeoutMs, over);
  expect([patient.isCut, over.isCut]).toEqual([false, true]);
});

test('one that is taken out is left alone, and thousands are spread over the turn', () => {
  const gone = new Pulse();
  gone.answers = false;
  const heartbeat = after(0, gone);
  heartbeat.remove(gone);
  const lines = [0, 1, 2].map(() => new Pulse());
  for (const line of lines) {
    heartbeat.add(line);
    heartbeat.beat();
  }
  expect(new Set(lines.map(({ slot }) => slot)).size).toBe(3);
  for (let time = 0; time < 3 * pingIntervalMs; time += tickMs) heartbeat.beat();
  expect([gone.pings, gone.isCut]).toEqual([0, false]);
});
