import type { PlaceReason } from '@nhip-cau/shared/model/order';
import type { Pin } from '@nhip-cau/shared/model/questions';
import { Course } from './course.ts';
import { dueOf, type RatedQueue } from './rated-queue.ts';
import { WaitingLists } from './waiting-lists.ts';

/** A question of the queue, as far as its place depends on it. */
export interface Waiting {
  readonly id: string;
  readonly bridgePointId: string;
  readonly bridgePointName: string;
  readonly district: string;
  readonly field: string | null;
  readonly urgent: boolean;
  /** Everybody who has this question besides its asker. */
  readonly people: number;
  /** Epoch ms. */
  readonly since: number;
  readonly pin: Pin | null;
}

/** What has been heard so far, turns on deck and on air included. */
export interface Heard {
  readonly districts: ReadonlySet<string>;
  readonly bridgePoints: ReadonlySet<string>;
  /** Fields of the turns so far, the last one last. */
  readonly fields: readonly (string | null)[];
  /** What each district has spoken, in ms. */
  readonly districtMs: ReadonlyMap<string, number>;
}

export interface OrderInput {
  readonly queue: RatedQueue;
  readonly heard: Heard;
  /** How many fields the dialogue has: after so many turns a field has had its rest. */
  readonly fieldCount: number;
  /** What a planned turn is taken to last, in ms. */
  readonly turnMs: number;
  /** Questions that have left the queue so far: what pins count from. */
  readonly departures: number;
  /** Places to plan. */
  readonly limit: number;
}

export interface Planned {
  readonly id: string;
  readonly reason: PlaceReason;
}

/**
 * The first `limit` places of the queue and the reason of each. Pure. Each place is given on top of
 * the ones before it, as if their turns had been held: to whoever has the greatest weighted sum,
 * of equal ones the longest waiting, then by id. A pinned question stands where a person put it,
 * whatever its sum.
 */
export function planOrder(input: OrderInput): Planned[] {
  const { queue, departures, limit } = input;
  const course = new Course(input, queue.weights);
  const lists = new WaitingLists(queue, course);
  const planned: Planned[] = [];
  let pins = 0;
  const place = (waiting: Waiting, reason: PlaceReason) => {
    planned.push({ id: waiting.id, reason });
    const wasHeard = course.hall(waiting.bridgePointId).isHeard;
    course.take(waiting);
    lists.take(waiting, wasHeard);
  };
  while (planned.length < limit) {
    const [best, second] = lists.best();
    const first = queue.pinned[pins];
    if (first && (best === null || dueOf(first) <= departures + planned.length)) {
      pins += 1;
      const { by = null, reason = null } = first.pin ?? {};
      place(first, { kind: 'pinned', by, reason });
    } else if (best) {
      const parts = course.parts(best.rated, best.sort);
      // Who is the last one left is compared with the shortest waiting alone.
      const others = second
        ? course.parts(second.rated, second.sort)
        : { waiting: queue.waitingPart(queue.newest()) };
      place(best.rated.waiting, course.reason(best.rated, parts, others));
    } else break;
  }
  return planned;
}
