import { finder } from '../../../parts/search.ts';
import type { Line } from './line.ts';

/** By what the list is narrowed; `null` and `''`: not by this. */
export interface Filter {
  text: string;
  bridgePointId: string | null;
  questionId: string | null;
  only: Only | null;
}

export const onlys = ['low', 'unsaved', 'redacted', 'late', 'removed'] as const;

export type Only = (typeof onlys)[number];

export const noFilter: Filter = { text: '', bridgePointId: null, questionId: null, only: null };

export const narrows = ({ text, bridgePointId, questionId, only }: Filter): boolean =>
  text.trim() !== '' || bridgePointId !== null || questionId !== null || only !== null;

type Filtered = Pick<
  Line,
  | 'id'
  | 'text'
  | 'bridgePointId'
  | 'questionId'
  | 'lowWords'
  | 'redactions'
  | 'isLate'
  | 'isRemoved'
  | 'speaker'
>;

/** Removed lines are shown only where they are asked for; `unsaved` are those with a draft. */
export function filterLines<One extends Filtered>(
  lines: readonly One[],
  filter: Filter,
  unsaved: { has(id: string): boolean },
): One[] {
  const matches = finder(filter.text);
  const isWanted: Record<Only, (line: One) => boolean> = {
    low: ({ lowWords }) => lowWords.length > 0,
    unsaved: ({ id }) => unsaved.has(id),
    redacted: ({ redactions }) => redactions.length > 0,
    late: ({ isLate }) => isLate,
    removed: ({ isRemoved }) => isRemoved,
  };
  return lines.filter(
    (line) =>
      line.isRemoved === (filter.only === 'removed') &&
      (filter.only === null || isWanted[filter.only](line)) &&
      (filter.bridgePointId === null || line.bridgePointId === filter.bridgePointId) &&
      (filter.questionId === null || line.questionId === filter.questionId) &&
      matches(`${line.text} ${namesIn(line.speaker)}`),
  );
}

const namesIn = (speaker: Filtered['speaker']): string =>
  [speaker.name, ...(speaker.kind === 'turn' ? [speaker.bridgePointName, speaker.asker] : [])].join(
    ' ',
  );
