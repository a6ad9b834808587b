import type { Course, DistrictRun, FieldRun, Rated, Sort } from './course.ts';
import type { Waiting } from './order.ts';

/** Questions of one sort, the best first; those before `next` wait here no longer. */
interface List {
  readonly sort: Sort;
  readonly members: Rated[];
  next: number;
}

/** One that may get the next place. */
export interface Candidate {
  readonly rated: Rated;
  readonly sort: Sort;
}

/**
 * The questions of the queue that stand under the rule, so that a place can be decided among a few:
 * those of one district and field, from halls that were all heard or all not heard, differ only in
 * what is the same at every place. A hall that is heard moves from list to list.
 */
export class WaitingLists {
  private readonly course: Course;
  private readonly lists: List[] = [];
  private readonly bySort = new Map<DistrictRun, Map<FieldRun, { heard?: List; unheard?: List }>>();
  private readonly byHall = new Map<string, Rated[]>();
  private readonly placed = new Set<Waiting>();

  constructor(queue: readonly Waiting[], course: Course) {
    this.course = course;
    for (const waiting of queue) {
      const rated = course.rate(waiting);
      this.listOf(rated).members.push(rated);
      const hall = this.byHall.get(waiting.bridgePointId);
      if (hall) hall.push(rated);
      else this.byHall.set(waiting.bridgePointId, [rated]);
    }
    for (const { members } of this.lists) members.sort(compareOwn);
  }

  /** The two best for the next place; `null` where there are not as many. */
  best(): [Candidate | null, Candidate | null] {
    let best: List | null = null;
    let second: List | null = null;
    let [bestSum, secondSum] = [0, 0];
    for (const list of this.lists) {
      list.next = this.nextWaiting(list, list.next);
      const rated = list.members[list.next];
      if (!rated) continue;
      const sum = this.course.commonSum(list.sort) + rated.own;
      if (best === null || goesBefore(rated, sum, headOf(best), bestSum)) {
        [second, secondSum, best, bestSum] = [best, bestSum, list, sum];
      } else if (second === null || goesBefore(rated, sum, headOf(second), secondSum)) {
        [second, secondSum] = [list, sum];
      }
    }
    if (best === null) return [null, null];
    const { sort, members, next } = best;
    const behind = members[this.nextWaiting(best, next + 1)];
    const isBehindSecond =
      behind !== undefined &&
      (second === null ||
        goesBefore(behind, this.course.commonSum(sort) + behind.own, headOf(second), secondSum));
    return [
      { rated: headOf(best), sort },
      isBehindSecond
        ? { rated: behind, sort }
        : second && { rated: headOf(second), sort: second.sort },
    ];
  }

  /** Tells of a question that gets the place, pinned or not, before the course takes it. */
  take(waiting: Waiting): void {
    this.placed.add(waiting);
    const { bridgePointId } = waiting;
    if (this.course.hall(bridgePointId).isHeard) return;
    for (const rated of this.byHall.get(bridgePointId) ?? []) {
      if (this.placed.has(rated.waiting)) continue;
      const { members, next } = this.listOf(rated, true);
      members.splice(placeIn(members, next, rated), 0, rated);
    }
  }

  /** From `index` on, the first that still waits, and waits here. */
  private nextWaiting({ sort, members }: List, index: number): number {
    for (let next = index; ; next += 1) {
      const rated = members[next];
      if (rated === undefined) return next;
      if (rated.hall.isHeard === sort.isHallHeard && !this.placed.has(rated.waiting)) return next;
    }
  }

  private listOf({ waiting, hall }: Rated, isHallHeard = hall.isHeard): List {
    const district = this.course.district(waiting.district);
    const field = this.course.field(waiting.field);
    let fields = this.bySort.get(district);
    if (!fields) this.bySort.set(district, (fields = new Map()));
    let pair = fields.get(field);
    if (!pair) fields.set(field, (pair = {}));
    const name = isHallHeard ? 'heard' : 'unheard';
    let list = pair[name];
    if (!list) {
      list = pair[name] = { sort: { district, field, isHallHeard }, members: [], next: 0 };
      this.lists.push(list);
    }
    return list;
  }
}

const headOf = ({ members, next }: List) => members[next]!;

function goesBefore(a: Rated, aSum: number, b: Rated, bSum: number): boolean {
  return aSum === bSum ? compareTies(a.waiting, b.waiting) < 0 : aSum > bSum;
}

function compareOwn(a: Rated, b: Rated): number {
  return b.own - a.own || compareTies(a.waiting, b.waiting);
}

/** The longer waiting first, then by id. */
function compareTies(a: Waiting, b: Waiting): number {
  return a.since - b.since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function placeIn(members: readonly Rated[], from: number, rated: Rated): number {
  let low = from;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareOwn(members[middle]!, rated) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
