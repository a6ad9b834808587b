import { compareText, fold } from '@nhip-cau/shared/model/text';
import type { FormBody } from '@nhip-cau/shared/protocol/http';

export type FormHall = FormBody['halls'][number];

/** Districts in alphabetical order. */
export function districtsOf(halls: readonly FormHall[]): string[] {
  return [...new Set(halls.map(({ district }) => district))].sort(compareText);
}

/** The halls of a district in alphabetical order. */
export function hallsIn(halls: readonly FormHall[], district: string): FormHall[] {
  return halls.filter((hall) => hall.district === district).sort(byName);
}

/**
 * Halls in whose name or district each word of the query is found, with or without diacritics:
 * those whose name begins so come first. At most `limit`.
 */
export function searchHalls(halls: readonly FormHall[], query: string, limit: number): FormHall[] {
  const wanted = fold(query);
  const words = wanted.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return halls
    .map((hall) => ({ hall, name: fold(hall.name), all: fold(`${hall.name} ${hall.district}`) }))
    .filter(({ all }) => words.every((word) => all.includes(word)))
    .sort((a, b) => rank(a.name, wanted) - rank(b.name, wanted) || byName(a.hall, b.hall))
    .slice(0, limit)
    .map(({ hall }) => hall);
}

const byName = (a: FormHall, b: FormHall) => compareText(a.name, b.name);

function rank(name: string, wanted: string): number {
  if (name.startsWith(wanted)) return 0;
  return name.includes(wanted) ? 1 : 2;
}
