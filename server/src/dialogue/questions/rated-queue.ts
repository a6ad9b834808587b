import type { OrderWeights } from '@nhip-cau/shared/model/order';
import { compareOwn, rate, type Rated, waitingPart } from './course.ts';
import type { Waiting } from './order.ts';

/** Questions of one district and field that stand under the rule, the best first. */
export interface Kin {
  readonly district: string;
  readonly field: string | null;
  readonly members: Rated[];
}

/**
 * The queue as the rule looks at it, kept from plan to plan: what changed is put in or taken out,
 * and the rest costs nothing. However it came about, the same questions stand in the same order.
 */
export class RatedQueue {
  readonly weights: OrderWeights;
  /** By when a person wants them called, of equal ones the later move first. */
  readonly pinned: Waiting[] = [];
  private readonly from: number;
  private readonly byId = new Map<string, Waiting>();
  private readonly byDistrict = new Map<string, Map<string | null, Kin>>();
  private readonly byHall = new Map<string, Map<string, Rated>>();

  /** `from` (epoch ms): from when waiting is counted; the order is the same for any. */
  constructor(weights: OrderWeights, from: number) {
    this.weights = weights;
    this.from = from;
  }

  /** Takes a question in, or takes in what changed of it. */
  put(waiting: Waiting): void {
    this.delete(waiting.id);
    this.byId.set(waiting.id, waiting);
    if (waiting.pin !== null) {
      this.pinned.splice(indexIn(this.pinned, waiting, comparePins), 0, waiting);
      return;
    }
    const rated = rate(waiting, this.weights, this.from);
    const { members } = this.kinOf(waiting);
    members.splice(indexIn(members, rated, compareOwn), 0, rated);
    const { id, bridgePointId } = waiting;
    const hall = this.byHall.get(bridgePointId);
    if (hall) hall.set(id, rated);
    else this.byHall.set(bridgePointId, new Map([[id, rated]]));
  }

  delete(id: string): void {
    const waiting = this.byId.get(id);
    if (waiting === undefined) return;
    this.byId.delete(id);
    if (waiting.pin !== null) {
      this.pinned.splice(indexIn(this.pinned, waiting, comparePins), 1);
      return;
    }
    const hall = this.byHall.get(waiting.bridgePointId);
    const rated = hall?.get(id);
    hall?.delete(id);
    if (!rated) return;
    const { members } = this.kinOf(waiting);
    members.splice(indexIn(members, rated, compareOwn), 1);
  }

  *kins(): Iterable<Kin> {
    for (const fields of this.byDistrict.values()) {
      for (const kin of fields.values()) if (kin.members.length > 0) yield kin;
    }
  }

  kinOf({ district, field }: Waiting): Kin {
    let fields = this.byDistrict.get(district);
    if (!fields) this.byDistrict.set(district, (fields = new Map()));
    let kin = fields.get(field);
    if (!kin) fields.set(field, (kin = { district, field, members: [] }));
    return kin;
  }

  /** Those of a hall that stand under the rule. */
  ofHall(bridgePointId: string): Iterable<Rated> {
    return this.byHall.get(bridgePointId)?.values() ?? [];
  }

  /** What the waiting since `since` (epoch ms) gives, as it is counted here. */
  waitingPart(since: number): number {
    return waitingPart(since, this.weights, this.from);
  }

  /** Since when the one that has waited the shortest has waited, pinned ones too; epoch ms. */
  newest(): number {
    let newest = 0;
    for (const { since } of this.byId.values()) newest = Math.max(newest, since);
    return newest;
  }
}

export const dueOf = ({ pin }: Waiting) => pin?.due ?? Infinity;

const comparePins = (a: Waiting, b: Waiting) =>
  dueOf(a) - dueOf(b) || (b.pin?.seq ?? 0) - (a.pin?.seq ?? 0);

/** Where an item stands in a sorted list, or would stand. */
export function indexIn<Item>(
  items: readonly Item[],
  item: Item,
  compare: (a: Item, b: Item) => number,
  from = 0,
): number {
  let low = from;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(items[middle]!, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
