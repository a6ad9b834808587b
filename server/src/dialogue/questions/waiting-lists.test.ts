import { defaultOrderWeights, type OrderWeights } from '@nhip-cau/shared/model/order';
import { describe, expect, it } from 'vitest';
import { Course, rate, type Rated, waitingPart } from './course.ts';
import { type OrderInput, planOrder, type Planned, type Waiting } from './order.ts';
import { RatedQueue } from './rated-queue.ts';

/** From when waiting is counted. */
const from = 1_800_000_000_000;

interface Input extends Omit<OrderInput, 'queue'> {
  queue: Waiting[];
  weights: OrderWeights;
}

/** The rule without any list: at each place every question that still waits is looked at. */
function planPlainly(input: Input): Planned[] {
  const { queue, weights, departures, limit } = input;
  const course = new Course(input, weights);
  const newest = Math.max(...queue.map(({ since }) => since));
  const waiting = queue.filter(({ pin }) => pin === null).map((one) => rate(one, weights, from));
  const pinned = queue
    .filter(({ pin }) => pin !== null)
    .sort((a, b) => a.pin!.due - b.pin!.due || b.pin!.seq - a.pin!.seq);
  const sortOf = ({ waiting: { district, field, bridgePointId } }: Rated) => ({
    district: course.district(district),
    field: course.field(field),
    isHallHeard: course.hall(bridgePointId).isHeard,
  });
  const planned: Planned[] = [];
  while (planned.length < limit && waiting.length + pinned.length > 0) {
    const sums = new Map(waiting.map((one) => [one, course.commonSum(sortOf(one)) + one.own]));
    waiting.sort(
      (a, b) =>
        sums.get(b)! - sums.get(a)! ||
        a.waiting.since - b.waiting.since ||
        (a.waiting.id < b.waiting.id ? -1 : 1),
    );
    const [best, second] = waiting;
    const first = pinned[0];
    if (first && (!best || first.pin!.due <= departures + planned.length)) {
      pinned.shift();
      const { by, reason } = first.pin!;
      planned.push({ id: first.id, reason: { kind: 'pinned', by, reason } });
      course.take(first);
    } else if (best) {
      waiting.shift();
      const behind = second
        ? course.parts(second, sortOf(second))
        : { waiting: waitingPart(newest, weights, from) };
      const reason = course.reason(best, course.parts(best, sortOf(best)), behind);
      planned.push({ id: best.waiting.id, reason });
      course.take(best.waiting);
    }
  }
  return planned;
}

/** Numbers as chance gives them, the same ones each time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % below;
  };
}

/** A queue with much that is equal, so that ties and moves between lists happen. */
function someQueue(seed: number): Input {
  const below = chance(seed);
  const halls = 1 + below(40);
  const districts = 1 + below(8);
  const hallOf = (number: number) => ({
    bridgePointId: `hall-${number}`,
    bridgePointName: `Điểm cầu ${number}`,
    district: `Quận ${number % districts}`,
  });
  const questions = 1 + below(140);
  const pins = below(4) * below(6);
  const queue = Array.from({ length: questions }, (_, index): Waiting => ({
    id: `q${(index * 7_919) % questions}`,
    ...hallOf(below(halls)),
    field: below(6) === 0 ? null : `Lĩnh vực ${below(5)}`,
    urgent: below(5) === 0,
    people: below(4) === 0 ? 10 : 0,
    since: 1_800_000_000_000 + below(40) * 450_000,
    pin: index < pins ? { due: below(60), seq: index, by: 'Thư ký', reason: null } : null,
  }));
  const turns = Array.from({ length: below(10) }, () => hallOf(below(halls)));
  return {
    queue,
    heard: {
      districts: new Set(turns.map(({ district }) => district)),
      bridgePoints: new Set(turns.map(({ bridgePointId }) => bridgePointId)),
      fields: turns.map((_, index) => `Lĩnh vực ${index % 5}`),
      districtMs: new Map(turns.map(({ district }, index) => [district, index * 60_000])),
    },
    weights: below(3) === 0 ? { ...defaultOrderWeights, district: 0 } : defaultOrderWeights,
    fieldCount: 5,
    turnMs: 180_000,
    departures: below(5),
    limit: 99,
  };
}

describe('the order of the queue', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'is the same when every question is looked at for every place (queue %i)',
    (seed) => {
      const input = someQueue(seed);
      const queue = new RatedQueue(input.weights, from);
      for (const one of input.queue) queue.put(one);
      expect(planOrder({ ...input, queue })).toEqual(planPlainly(input));
    },
  );

  it.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'is the same however the queue came about (queue %i)',
    (seed) => {
      const [input, before] = [someQueue(seed), someQueue(seed + 1_000)];
      const below = chance(seed);
      const queue = new RatedQueue(input.weights, from);
      for (const one of before.queue) queue.put(one);
      for (const { id } of before.queue) if (below(2) === 0) queue.delete(id);
      for (const one of input.queue) queue.put(one);
      const kept = new Set(input.queue.map(({ id }) => id));
      for (const { id } of before.queue) if (!kept.has(id)) queue.delete(id);
      expect(planOrder({ ...input, queue })).toEqual(planPlainly(input));
    },
  );
});
