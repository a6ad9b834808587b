import type { HistoryEntry } from '@nhip-cau/shared/protocol/http';

/** What the log's entries are called in words, as keys of `transcript.history.step`. */
const steps = {
  'transcript.added': 'added',
  'transcript.heard': 'heard',
  'transcript.edited': 'edited',
  'transcript.attributed': 'attributed',
  'transcript.split': 'split',
  'transcript.merged': 'merged',
  'transcript.removed': 'removed',
  'transcript.restored': 'restored',
  'transcript.redacted': 'redacted',
  'transcript.unredacted': 'unredacted',
} as const;

export type LineStepName = (typeof steps)[keyof typeof steps] | 'splitOff' | 'mergedInto';

export interface LineStep {
  /** The entry's number in the log. */
  seq: number;
  name: LineStepName;
  actor: HistoryEntry['actor'];
  /** Epoch ms. */
  at: number;
  /** What the line said before and after it, where the entry changed that. */
  before: string | null;
  after: string | null;
  /** What was said with it: a reason, a name, the engine. */
  detail: string | null;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

/** What the log says of a line, the newest first; kinds that this page does not know are left out. */
export function stepsOf(entries: readonly HistoryEntry[], lineId: string): LineStep[] {
  return entries
    .flatMap(({ seq, at, type, actor, payload }): LineStep[] => {
      if (!Object.hasOwn(steps, type)) return [];
      let name: LineStepName = steps[type as keyof typeof steps];
      if (name === 'split' && payload['newLineId'] === lineId) name = 'splitOff';
      if (name === 'merged' && payload['nextLineId'] === lineId) name = 'mergedInto';
      const detail = text(payload['reason']) ?? text(payload['speakerName']);
      return [
        {
          ...{ seq, name, actor, at },
          before: text(payload['before']),
          after: text(payload['text']),
          detail: detail ?? text(payload['engine']),
        },
      ];
    })
    .sort((a, b) => b.seq - a.seq);
}
