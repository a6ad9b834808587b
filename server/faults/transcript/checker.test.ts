import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../src/dialogue/kernel/entries.ts';
import { check, fateOf, type Knowledge, noFindings } from './checker.ts';
import type { SpokenBurst } from './speaker.ts';

const bridgePointId = randomUUID();
const runId = randomUUID();
const spoken = (number: number, more: Partial<SpokenBurst> = {}): SpokenBurst => ({
  hall: 1,
  number,
  bridgePointId,
  startedAt: 10_000 + number * 800,
  endedAt: 10_300 + number * 800,
  left: 15,
  of: 15,
  openSince: 1_000,
  isOnePath: true,
  ...more,
});
const knowledge: Knowledge = {
  openTimes: new Map([[bridgePointId, [{ from: 500, to: Infinity }]]]),
  serverEnds: [],
};

interface Line {
  number: number;
  /** From the burst's end until it came into the log, in ms. */
  after?: number;
  isLate?: boolean;
  run?: string;
}

function written(lines: readonly Line[]) {
  return lines.map(({ number, after = 100, isLate = false, run = runId }) => {
    const { startedAt, endedAt } = spoken(number);
    const payload = {
      raw: `hall 1 burst ${number}`,
      runId: run,
      isLate,
      startedAt,
      audio: { startMs: number * 800, endMs: number * 800 + 300 },
    };
    // As much of an entry as the checker reads.
    return { type: 'transcript.heard', at: endedAt + after, payload } as unknown as LogEntry;
  });
}

function found(bursts: readonly SpokenBurst[], lines: readonly Line[], knows = knowledge) {
  const log = written(lines);
  const finals = log.map(({ at, payload }) => {
    return { text: (payload as { raw: string }).raw, at: at - 50 };
  });
  const findings = Object.entries(check(bursts, log, finals, knows));
  return Object.fromEntries(findings.filter(([, faults]) => faults.length > 0));
}

describe('which bursts must be heard', () => {
  it.each<[string, Partial<SpokenBurst>, Partial<Knowledge>, string]>([
    ['one that left whole', {}, {}, 'heard'],
    ['one of which nothing left', { left: 0 }, {}, 'unheard'],
    ['one of which a packet stayed', { left: 14 }, {}, 'perhaps'],
    ['one on two paths', { isOnePath: false }, {}, 'perhaps'],
    ['one on a path that hardly stood', { openSince: 9_000 }, {}, 'perhaps'],
    ['one before a kill', {}, { serverEnds: [11_200] }, 'perhaps'],
    ['one well before a kill', {}, { serverEnds: [11_400] }, 'heard'],
    ['one of a server after a kill', {}, { serverEnds: [900] }, 'heard'],
    [
      'one as its microphone closes',
      {},
      { openTimes: new Map([[bridgePointId, [{ from: 500, to: 11_000 }]]]) },
      'perhaps',
    ],
    ['one whose microphone the log never opened', {}, { openTimes: new Map() }, 'perhaps'],
  ])('%s', (_, burst, knows, fate) => {
    expect(fateOf(spoken(0, burst), { ...knowledge, ...knows })).toBe(fate);
  });
});

describe('what a log says', () => {
  const bursts = [spoken(0), spoken(1), spoken(2)];
  const all = [{ number: 0 }, { number: 1 }, { number: 2 }];

  it('is right where each burst stands in it once, in order', () => {
    expect(found(bursts, all)).toEqual({});
    expect(noFindings()).toEqual(check([], [], [], knowledge));
  });

  it('tells what is missing, what is there twice, and what nobody said', () => {
    expect(found(bursts, [{ number: 0 }, { number: 2 }])).toHaveProperty('lost.length', 1);
    expect(found([...bursts, spoken(3, { left: 3 })], all)).toEqual({});
    const twice = [...all, { number: 2, run: randomUUID() }];
    expect(found(bursts, twice)).toHaveProperty('doubled.length', 1);
    expect(found(bursts.slice(0, 2), all)).toHaveProperty('unfounded.length', 1);
    expect(found([...bursts.slice(0, 2), spoken(2, { left: 0 })], all)).toHaveProperty(
      'unfounded.length',
      1,
    );
  });

  it('tells what is out of order within its run, and nothing of other runs', () => {
    const [first, second, third] = all as [Line, Line, Line];
    expect(found(bursts, [first, third, second])).toHaveProperty('outOfOrder.length', 1);
    expect(found(bursts, [first, third, { ...second, run: randomUUID() }])).toEqual({});
  });

  it.each<[number, boolean, boolean]>([
    [100, false, true],
    [100, true, false],
    [9_400, true, false],
    [10_000, true, true],
    [10_000, false, true],
    [11_000, true, true],
    [11_000, false, false],
  ])('a line that came after %i ms, late: %s, is right: %s', (after, isLate, isRight) => {
    const marked = found([spoken(0)], [{ number: 0, after, isLate }]);
    expect(marked).toEqual(isRight ? {} : { wronglyMarked: [expect.any(String)] });
  });
});
