import type { LogEntry } from '../../src/dialogue/kernel/entries.ts';
import { applyEntry } from '../../src/dialogue/kernel/features.ts';
import { DialogueState } from '../../src/dialogue/kernel/state.ts';
import { desiredStage } from '../../src/dialogue/stage/desired.ts';
import type { Spell } from '../../load/media/spells.ts';

/** From when to when a microphone was open, in epoch ms; `to` is infinite while it still is. */
export interface OpenTime {
  readonly from: number;
  to: number;
}

/** What the log says of each hall's microphone: its entries folded as the server folds them. */
export function openTimesOf(log: readonly LogEntry[], dialogueId: string): Map<string, OpenTime[]> {
  const state = new DialogueState(dialogueId);
  const times = new Map<string, OpenTime[]>();
  let open = new Set<string>();
  for (const entry of log) {
    applyEntry(state, entry);
    const { feeds, muted } = desiredStage(state);
    const now = new Set(
      [...feeds].filter(([id, tier]) => tier === 'onAir' && !muted.has(id)).map(([id]) => id),
    );
    for (const id of without(now, open)) {
      times.set(id, [...(times.get(id) ?? []), { from: entry.at, to: Infinity }]);
    }
    for (const id of without(open, now)) times.get(id)!.at(-1)!.to = entry.at;
    open = now;
  }
  return times;
}

const without = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
  [...some].filter((id) => !others.has(id));

/** Sound as one hall received it. */
export interface HeardSound {
  readonly by: string;
  readonly spells: readonly Spell[];
}

/**
 * Sound that arrived from a hall whose microphone the log had closed, in words. `graceMs`: how long
 * what was under way may take; the clock is one machine's.
 */
export function findOpenMicrophones(
  heard: readonly HeardSound[],
  openTimes: ReadonlyMap<string, readonly OpenTime[]>,
  graceMs: number,
): string[] {
  return heard.flatMap(({ by, spells }) =>
    spells
      .filter(({ of, from, to }) => {
        const times = openTimes.get(of) ?? [];
        return !times.some((open) => from >= open.from && to <= open.to + graceMs);
      })
      .map(({ of, from, to, count }) => {
        return `${by} heard ${count} packets of ${of} from ${from} to ${to}`;
      }),
  );
}
