import type { LogEntry } from '../../src/dialogue/kernel/entries.ts';
import type { OpenTime } from '../media/open-times.ts';
import { burstIn } from './burst-code.ts';
import type { NotedFinal } from './engine-ward.ts';
import type { SpokenBurst } from './speaker.ts';

/** Whether a burst must stand in the log, may, or cannot. */
export type Fate = 'heard' | 'perhaps' | 'unheard';

/** What the sender knows, beside the burst itself; epoch ms. */
export interface Knowledge {
  /** From when to when the log had each hall's microphone open. */
  openTimes: ReadonlyMap<string, readonly OpenTime[]>;
  /** When servers were killed, or the program ended its own. */
  serverEnds: readonly number[];
}

/** From a microphone's opening until its sound is surely taken in, on a busy machine, in ms. */
const beginsMs = 2_000;
/**
 * What is under way when a microphone closes or a server dies, in ms: sound is put in order for
 * 100 ms and comes to the disk in pieces of 200 ms; a busy machine takes its time.
 */
const endsMs = 1_000;
/** A line is late from here on, in ms, as the product has it. */
const lateMs = 10_000;
/** How exactly two clocks of one machine tell when a burst ended. */
const toleranceMs = 500;

export interface Findings {
  lost: string[];
  doubled: string[];
  outOfOrder: string[];
  wronglyMarked: string[];
  unfounded: string[];
}

export const noFindings = (): Findings => ({
  lost: [],
  doubled: [],
  outOfOrder: [],
  wronglyMarked: [],
  unfounded: [],
});

/**
 * A burst whose every packet left over one path that had stood for 2 s, its microphone open for as
 * long and for 1 s after by the log, with no server dying until 1 s after, must be heard. One of
 * which no packet left cannot be.
 */
export function fateOf(burst: SpokenBurst, { openTimes, serverEnds }: Knowledge): Fate {
  const { left, of, isOnePath, openSince, startedAt, endedAt, bridgePointId } = burst;
  if (left === 0) return 'unheard';
  const isWhole = left === of && isOnePath && openSince + beginsMs <= startedAt;
  const isOpen = (openTimes.get(bridgePointId) ?? []).some(
    ({ from, to }) => from + beginsMs <= startedAt && endedAt + endsMs <= to,
  );
  const isCut = serverEnds.some((at) => at >= openSince && at < endedAt + endsMs);
  return isWhole && isOpen && !isCut ? 'heard' : 'perhaps';
}

type Heard = LogEntry<'transcript.heard'>;

/** What a log says of bursts, beside what their speakers and the engines know. */
export function check(
  bursts: readonly SpokenBurst[],
  log: readonly LogEntry[],
  finals: readonly NotedFinal[],
  knowledge: Knowledge,
): Findings {
  const findings = noFindings();
  const heard = log.filter((entry): entry is Heard => entry.type === 'transcript.heard');
  const byText = Map.groupBy(heard, ({ payload }) => payload.raw);
  const notes = Map.groupBy(finals, ({ text }) => text);
  for (const burst of bursts) {
    const text = `hall ${burst.hall} burst ${burst.number}`;
    const entries = byText.get(text) ?? [];
    byText.delete(text);
    const fate = fateOf(burst, knowledge);
    if (entries.length === 0 && fate === 'heard') findings.lost.push(`${text}, ${burst.endedAt}`);
    if (entries.length > 0 && fate === 'unheard') findings.unfounded.push(text);
    if (entries.length > 1) findings.doubled.push(`${text}, ${entries.length} times`);
    for (const entry of entries) {
      const fault = wrongMark(entry, burst, notes.get(text) ?? []);
      if (fault !== null) findings.wronglyMarked.push(`${text}: ${fault}`);
    }
  }
  for (const text of byText.keys()) if (burstIn(text)) findings.unfounded.push(text);
  findings.outOfOrder.push(...outOfOrder(heard));
  return findings;
}

/**
 * A line came into the log no sooner than an engine gave its final, and no later than the entry
 * says: late by both it must be marked, late by neither it must not be.
 */
function wrongMark(
  { at, payload: { isLate } }: Heard,
  { endedAt }: SpokenBurst,
  notes: readonly NotedFinal[],
): string | null {
  const given = notes.findLast((note) => note.at <= at)?.at;
  if (given === undefined) return 'no engine gave it';
  if (isLate && at - endedAt < lateMs - toleranceMs) return `marked late after ${at - endedAt} ms`;
  if (!isLate && given - endedAt > lateMs + toleranceMs) {
    return `not marked late after ${given - endedAt} ms`;
  }
  return null;
}

/** Lines of one run that follow another one which they should have gone before. */
function outOfOrder(heard: readonly Heard[]): string[] {
  return [...Map.groupBy(heard, ({ payload }) => payload.runId).values()].flatMap((lines) =>
    lines.flatMap(({ payload: { raw, audio, startedAt } }, index) => {
      const before = lines[index - 1]?.payload;
      if (!before) return [];
      const [number, last] = [burstIn(raw)?.number, burstIn(before.raw)?.number];
      const isBack = number !== undefined && last !== undefined && number <= last;
      const overlaps = audio.startMs < before.audio.endMs || startedAt < before.startedAt;
      return isBack || overlaps ? [`${raw} after ${before.raw}`] : [];
    }),
  );
}
