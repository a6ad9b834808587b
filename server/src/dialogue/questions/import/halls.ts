import { fold } from '@nhip-cau/shared/model/text';
import { similarity, trigramsOf } from '../similar/trigrams.ts';

export interface Hall {
  id: string;
  code: string;
  name: string;
  district: string;
}

const maxSuggestions = 3;
/** So much of a name must be the same to be suggested. */
const suggestFrom = 0.2;

/** "Điểm cầu xã Nam Sơn" and "nam son" name the same hall. */
const core = (name: string) => fold(name).replace(/^(diem cau )?(xa|phuong|thi tran)? ?/, '');

/** Halls as a list names them: by code or by name, with the district where two have one name. */
export class HallNames {
  private readonly byName = new Map<string, Hall[]>();
  private readonly halls: readonly Hall[];

  constructor(halls: readonly Hall[]) {
    this.halls = halls;
    for (const hall of halls) {
      for (const key of new Set([fold(hall.code), fold(hall.name), core(hall.name)])) {
        const named = this.byName.get(key);
        if (named) named.push(hall);
        else this.byName.set(key, [hall]);
      }
    }
  }

  /** All that the name can mean. */
  named(name: string, district: string | null): Hall[] {
    const found = this.byName.get(fold(name)) ?? this.byName.get(core(name)) ?? [];
    if (district === null) return found;
    return found.filter((hall) => fold(hall.district) === fold(district));
  }

  /** Names that may have been meant, nearest first. */
  suggestions(name: string): string[] {
    return nearest(
      name,
      this.halls.map((hall) => ({ key: core(hall.name), shown: label(hall) })),
      core,
    );
  }
}

export const label = ({ name, district }: Hall) => `${name} (${district})`;

/** The nearest of some names, as they are shown. */
export function nearest(
  name: string,
  names: readonly { key: string; shown: string }[],
  keyOf: (name: string) => string = fold,
): string[] {
  const wanted = trigramsOf(keyOf(name));
  return names
    .map(({ key, shown }) => ({ shown, score: similarity(wanted, trigramsOf(key)) }))
    .filter(({ score }) => score >= suggestFrom)
    .sort((a, b) => b.score - a.score || (a.shown < b.shown ? -1 : 1))
    .slice(0, maxSuggestions)
    .map(({ shown }) => shown);
}
