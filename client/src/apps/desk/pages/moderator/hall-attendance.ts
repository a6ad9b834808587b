import { compareText, fold } from '@nhip-cau/shared/model/text';
import type { AttendeeFact } from '@nhip-cau/shared/protocol/facts';
import type { WaitingCommand } from '../../../../core/connection/waiting-command.ts';
import { finder } from '../../parts/search.ts';

export interface HallAttendee extends AttendeeFact {
  unsent: boolean;
}

export type Presence = 'expected' | 'present' | 'left';

export function presenceOf({ joinedAt, leftAt }: AttendeeFact): Presence {
  if (joinedAt === null) return 'expected';
  return leftAt === null ? 'present' : 'left';
}

/** The people after the commands that still wait, in order of their given names' alphabet. */
export function attendeesWith(
  facts: Iterable<AttendeeFact>,
  waiting: readonly WaitingCommand[],
): HallAttendee[] {
  const people = new Map<string, HallAttendee>();
  for (const fact of facts) people.set(fact.id, { ...fact, unsent: false });
  for (const command of waiting) apply(people, command);
  return [...people.values()].sort(byGivenName);
}

function apply(people: Map<string, HallAttendee>, command: WaitingCommand): void {
  const { name, payload, queuedAt } = command;
  const change = (id: string, changes: Partial<AttendeeFact>) => {
    const known = people.get(id);
    if (known) people.set(id, { ...known, ...changes, unsent: true });
  };
  switch (name) {
    case 'attendance.list':
      for (const { attendeeId: id, name: of } of payload.attendees) {
        if (!people.has(id)) people.set(id, { ...absent, id, name: of, how: 'list', unsent: true });
      }
      return;
    case 'attendance.checkIn': {
      const { attendeeId: id, name: given } = payload;
      const known = people.get(id) ?? { ...absent, id, name: given ?? null, how: 'manual' };
      return void people.set(id, {
        ...known,
        name: given ?? known.name,
        joinedAt: known.joinedAt ?? queuedAt,
        leftAt: null,
        unsent: true,
      });
    }
    case 'attendance.checkOut':
      return change(payload.attendeeId, { leftAt: queuedAt });
    case 'attendance.correct': {
      const { attendeeId, reason: _, ...changes } = payload;
      return change(
        attendeeId,
        Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
      );
    }
    case 'attendance.remove':
      people.delete(payload.attendeeId);
  }
}

const absent = { joinedAt: null, leftAt: null } as const;

/** As a Vietnamese list has them: by the given name, which stands last, then by the whole. */
function byGivenName(a: AttendeeFact, b: AttendeeFact): number {
  if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null);
  const given = (name: string) => name.slice(name.lastIndexOf(' ') + 1);
  return compareText(given(a.name), given(b.name)) || compareText(a.name, b.name);
}

/** Those whose name has every typed word, diacritics or not; those not yet there first. */
export function findPeople(people: readonly HallAttendee[], typed: string): HallAttendee[] {
  if (typed.trim() === '') return [];
  const matches = finder(typed);
  const order: readonly Presence[] = ['expected', 'left', 'present'];
  return people
    .filter(({ name }) => name !== null && matches(name))
    .sort((a, b) => order.indexOf(presenceOf(a)) - order.indexOf(presenceOf(b)));
}

export interface NameList {
  /** Names to add, in the order they were written. */
  names: string[];
  /** How many were left out: they are on the list already, or stand twice. */
  known: number;
}

const heads = new Set(['ho va ten', 'ho ten', 'ten', 'name', 'full name', 'dai bieu']);

/**
 * Names out of pasted text or a CSV file: one a line, the column under a head like "Họ và tên" or
 * else the first that is no number. Quotes and a byte order mark are taken off.
 */
export function namesIn(text: string, people: readonly AttendeeFact[]): NameList {
  const rows = text
    .replace(/^\uFEFF/, '')
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map(cellsOf)
    .filter((cells) => cells.some((cell) => cell !== ''));
  const column = rows[0]?.findIndex((cell) => heads.has(fold(cell))) ?? -1;
  const seen = new Set(people.flatMap(({ name }) => (name === null ? [] : [fold(name)])));
  const names: string[] = [];
  let known = 0;
  for (const cells of column < 0 ? rows : rows.slice(1)) {
    const cell = column < 0 ? cells.find((one) => /\p{L}/u.test(one)) : cells[column];
    const name = cell?.replace(/\s+/g, ' ').slice(0, 120).trim() ?? '';
    if (name === '') continue;
    if (seen.has(fold(name))) known += 1;
    else names.push(name);
    seen.add(fold(name));
  }
  return { names, known };
}

/** The cells of a line between commas, semicolons or tabs, quotes taken off (RFC 4180). */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|[,;\t])(?:"((?:[^"]|"")*)"|([^,;\t]*))/g)].map(
    ([, quoted, bare]) => (quoted?.replaceAll('""', '"') ?? bare ?? '').trim(),
  );
}
