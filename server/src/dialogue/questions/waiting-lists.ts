import { type Course, compareOwn, compareTies, type Rated, type Sort } from './course.ts';
import type { Waiting } from './order.ts';
import { indexIn, type Kin, type RatedQueue } from './rated-queue.ts';

/** Questions of one sort, the best first; those before `next` wait here no longer. */
interface List {
  readonly sort: Sort;
  readonly members: readonly Rated[];
  next: number;
}

/** One district's and field's questions of halls that were not heard, and of those that were. */
interface Pair {
  readonly unheard: List;
  readonly heard: List & { readonly members: Rated[] };
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
  private readonly queue: RatedQueue;
  private readonly course: Course;
  private readonly lists: List[] = [];
  private readonly pairs = new Map<Kin, Pair>();
  private readonly placed = new Set<Waiting>();

  constructor(queue: RatedQueue, course: Course) {
    this.queue = queue;
    this.course = course;
    for (const kin of queue.kins()) {
      const district = course.district(kin.district);
      const field = course.field(kin.field);
      const { members } = kin;
      const unheard = { sort: { district, field, isHallHeard: false }, members, next: 0 };
      const heard = { sort: { district, field, isHallHeard: true }, members: [], next: 0 };
      this.pairs.set(kin, { unheard, heard });
      this.lists.push(unheard, heard);
    }
    for (const bridgePointId of course.heardHalls) this.move(bridgePointId);
    for (const { unheard } of this.pairs.values()) this.advance(unheard);
  }

  /** The two best for the next place; `null` where there are not as many. */
  best(): [Candidate | null, Candidate | null] {
    let best: List | null = null;
    let second: List | null = null;
    let [bestSum, secondSum] = [0, 0];
    for (const list of this.lists) {
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

  /** Tells of a question that gets the place, pinned or not, and that the course has taken. */
  take(waiting: Waiting, wasHeard: boolean): void {
    this.placed.add(waiting);
    if (!wasHeard) this.move(waiting.bridgePointId);
    else if (waiting.pin === null) this.advance(this.pairOf(waiting).heard);
  }

  /** A hall that is heard: its questions go where those of heard halls wait. */
  private move(bridgePointId: string): void {
    for (const rated of this.queue.ofHall(bridgePointId)) {
      const { unheard, heard } = this.pairOf(rated.waiting);
      if (!this.placed.has(rated.waiting)) {
        heard.members.splice(indexIn(heard.members, rated, compareOwn, heard.next), 0, rated);
      }
      if (unheard.members[unheard.next] === rated) this.advance(unheard);
    }
  }

  private advance(list: List): void {
    list.next = this.nextWaiting(list, list.next);
  }

  /** From `index` on, the first that still waits, and waits here. */
  private nextWaiting({ sort, members }: List, index: number): number {
    for (let next = index; ; next += 1) {
      const waiting = members[next]?.waiting;
      if (waiting === undefined) return next;
      if (this.placed.has(waiting)) continue;
      if (this.course.hall(waiting.bridgePointId).isHeard === sort.isHallHeard) return next;
    }
  }

  private pairOf(waiting: Waiting): Pair {
    return this.pairs.get(this.queue.kinOf(waiting))!;
  }
}

const headOf = ({ members, next }: List) => members[next]!;

function goesBefore(a: Rated, aSum: number, b: Rated, bSum: number): boolean {
  return aSum === bSum ? compareTies(a.waiting, b.waiting) < 0 : aSum > bSum;
}
