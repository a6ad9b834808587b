import { compareText } from '@nhip-cau/shared/model/text';
import type { BridgePointFact } from '@nhip-cau/shared/protocol/facts';
import { finder } from '../../parts/search.ts';

export interface DistrictGroup {
  district: string;
  halls: BridgePointFact[];
  expected: number;
  /** People present, of the halls that have reported. */
  headcount: number;
  reported: number;
  joined: number;
}

/** Halls whose name, district or code has the sought words, diacritics or not. */
export function findHalls(halls: Iterable<BridgePointFact>, sought: string): BridgePointFact[] {
  const matches = finder(sought);
  return [...halls].filter((hall) =>
    matches(`${hall.name} ${hall.district} ${hall.code} ${hall.kind}`),
  );
}

/** Halls by district in Vietnamese order, the head table's own hall first of its group. */
export function groupByDistrict(halls: readonly BridgePointFact[]): DistrictGroup[] {
  const groups = Map.groupBy(halls, (hall) => hall.district);
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([district, members]) => ({
      district,
      halls: members.toSorted(inDistrict),
      expected: sum(members, (hall) => hall.expectedAttendance),
      headcount: sum(members, (hall) => hall.headcount ?? 0),
      reported: members.filter((hall) => hall.headcount !== null).length,
      joined: sum(members, (hall) => hall.joined),
    }));
}

/** What is sent to halls, to be shown on a wall there: every hall but the head table. */
export const isOutside = (hall: BridgePointFact) => !hall.isCentral;

const inDistrict = (a: BridgePointFact, b: BridgePointFact) =>
  Number(b.isCentral) - Number(a.isCentral) || compareText(a.name, b.name);

const sum = (halls: readonly BridgePointFact[], of: (hall: BridgePointFact) => number) =>
  halls.reduce((total, hall) => total + of(hall), 0);
