import { type CheckName, checkNames, passed } from '@nhip-cau/shared/model/rehearsal';
import { compareText } from '@nhip-cau/shared/model/text';
import type { BridgePointFact, ReadinessFact } from '@nhip-cau/shared/protocol/facts';

export const rollCallFilters = ['all', 'left', 'ok', 'problem', 'absent'] as const;

export type RollCallFilter = (typeof rollCallFilters)[number];

export interface RollCallRow {
  id: string;
  name: string;
  district: string;
  isHere: boolean;
  mark: ReadinessFact['rollCall'];
  /** What its own check found last; `null` when it made none. */
  check: { at: number; failed: CheckName[] } | null;
}

/** The halls in the order in which they are called: by district and name. */
export function rollCallRows(
  bridgePoints: Iterable<BridgePointFact>,
  readiness: ReadonlyMap<string, ReadinessFact>,
  isHere: (id: string) => boolean,
): RollCallRow[] {
  return [...bridgePoints]
    .filter(({ isCentral }) => !isCentral)
    .map(({ id, name, district }): RollCallRow => {
      const { rollCall = null, reports = [] } = readiness.get(id) ?? {};
      const [report] = reports;
      const failed = report
        ? checkNames.filter((check) => report.checks[check].result !== 'ok')
        : [];
      return {
        id,
        name,
        district,
        isHere: isHere(id),
        mark: rollCall,
        check: report ? { at: report.at, failed: passed(report) ? [] : failed } : null,
      };
    })
    .sort((a, b) => compareText(a.district, b.district) || compareText(a.name, b.name));
}

const stateOf = ({ mark }: RollCallRow): Exclude<RollCallFilter, 'all'> => mark?.result ?? 'left';

export function countRows(rows: readonly RollCallRow[]): Record<RollCallFilter, number> {
  const counts = { all: rows.length, left: 0, ok: 0, problem: 0, absent: 0 };
  for (const row of rows) counts[stateOf(row)] += 1;
  return counts;
}

export const belongsTo = (row: RollCallRow, filter: RollCallFilter): boolean =>
  filter === 'all' || stateOf(row) === filter;

export type RollCallAction =
  'next' | 'previous' | 'ok' | 'problem' | 'absent' | 'note' | 'undo' | 'open' | 'search' | 'help';

const keys: Readonly<Record<string, RollCallAction>> = {
  arrowdown: 'next',
  j: 'next',
  arrowup: 'previous',
  k: 'previous',
  '1': 'ok',
  '2': 'problem',
  '3': 'absent',
  n: 'note',
  u: 'undo',
  o: 'open',
  '/': 'search',
  '?': 'help',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>;

export function rollCallAction(event: Pressed): RollCallAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  return keys[event.key.toLowerCase()] ?? null;
}

/** The keys as the help lists them, with their text under `rehearsal.keys`. */
export const rollCallKeyHelp = [
  { keys: ['↓', '↑'], text: 'move' },
  { keys: ['1'], text: 'ok' },
  { keys: ['2'], text: 'problem' },
  { keys: ['3'], text: 'absent' },
  { keys: ['N'], text: 'note' },
  { keys: ['U'], text: 'undo' },
  { keys: ['O'], text: 'open' },
  { keys: ['/'], text: 'search' },
  { keys: ['?'], text: 'help' },
] as const;
