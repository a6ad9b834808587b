import { defaultOrderWeights, type OrderWeights } from '@nhip-cau/shared/model/order';
import { describe, expect, test } from 'vitest';
import { type Heard, type OrderInput, planOrder, type Waiting } from './order.ts';
import { RatedQueue } from './rated-queue.ts';

const minute = 60_000;
const nothing: Heard = {
  districts: new Set(),
  bridgePoints: new Set(),
  fields: [],
  districtMs: new Map(),
};
const zero: OrderWeights = {
  district: 0,
  bridgePoint: 0,
  field: 0,
  districtTime: 0,
  urgency: 0,
  support: 0,
  waiting: 0,
};

/** A question of hall `a1` of district `a`, asked at minute 0, unless said otherwise. */
function waiting(id: string, given: Partial<Waiting> = {}): Waiting {
  const bridgePointId = given.bridgePointId ?? 'a1';
  return {
    id,
    bridgePointId,
    bridgePointName: `hall ${bridgePointId}`,
    district: bridgePointId[0]!,
    field: 'land',
    urgent: false,
    people: 0,
    since: 0,
    pin: null,
    ...given,
  };
}

const pin = (due: number, seq = 1, by: string | null = 'Thư ký') => ({
  due,
  seq,
  by,
  reason: null,
});

interface Given extends Partial<Omit<OrderInput, 'queue'>> {
  weights?: OrderWeights;
}

function plan(waitings: Waiting[], { weights = defaultOrderWeights, ...given }: Given = {}) {
  const queue = new RatedQueue(weights, 0);
  for (const one of waitings) queue.put(one);
  return planOrder({
    queue,
    heard: nothing,
    fieldCount: 4,
    turnMs: 3 * minute,
    departures: 0,
    limit: 99,
    ...given,
  });
}

const ids = (queue: Waiting[], given?: Given) => plan(queue, given).map(({ id }) => id);

const heard = (given: Partial<Heard>): Heard => ({ ...nothing, ...given });
const only = (weights: Partial<OrderWeights>) => ({ weights: { ...zero, ...weights } });

describe('each criterion alone decides, and is the reason that is told', () => {
  const cases: [string, Waiting[], Given, string, object][] = [
    [
      'a district that was not heard',
      [waiting('old'), waiting('new', { bridgePointId: 'b1', since: minute })],
      { ...only({ district: 1 }), heard: heard({ districts: new Set(['a']) }) },
      'new',
      { kind: 'district', district: 'b' },
    ],
    [
      'a hall that was not heard',
      [waiting('old'), waiting('new', { bridgePointId: 'a2', since: minute })],
      { ...only({ bridgePoint: 1 }), heard: heard({ bridgePoints: new Set(['a1']) }) },
      'new',
      { kind: 'bridgePoint', bridgePointName: 'hall a2' },
    ],
    [
      'a field that was not heard for longer',
      [waiting('old'), waiting('new', { field: 'health', since: minute })],
      { ...only({ field: 1 }), heard: heard({ fields: ['health', 'school', 'land'] }) },
      'new',
      { kind: 'field', field: 'health' },
    ],
    [
      'a district that has spoken less',
      [waiting('old'), waiting('new', { bridgePointId: 'b1', since: minute })],
      {
        ...only({ districtTime: 1 }),
        heard: heard({
          districtMs: new Map([
            ['a', 9 * minute],
            ['b', 2 * minute],
          ]),
        }),
      },
      'new',
      { kind: 'districtTime', district: 'b', spokenMs: 2 * minute },
    ],
    [
      'what is urgent',
      [waiting('old'), waiting('new', { urgent: true, since: minute })],
      only({ urgency: 1 }),
      'new',
      { kind: 'urgency' },
    ],
    [
      'what more people have',
      [waiting('old', { people: 4 }), waiting('new', { people: 5, since: minute })],
      only({ support: 1 }),
      'new',
      { kind: 'support', people: 5 },
    ],
    [
      'what waits longer',
      [waiting('new', { since: minute }), waiting('old')],
      only({ waiting: 1 }),
      'old',
      { kind: 'waiting', since: 0 },
    ],
  ];

  test.each(cases)('%s', (_name, queue, given, first, reason) => {
    expect(plan(queue, given)[0]).toEqual({ id: first, reason });
    expect(plan(queue.toReversed(), given)[0]).toEqual({ id: first, reason });
  });
});

test('with all weights at 0 it is first come, first served; of the same moment, by id', () => {
  const queue = [
    waiting('c', { since: 2, bridgePointId: 'b1' }),
    waiting('a', { since: 3, urgent: true }),
    waiting('d', { since: 1, people: 50 }),
    waiting('b', { since: 2, field: 'health' }),
  ];
  expect(ids(queue, only({}))).toEqual(['d', 'b', 'c', 'a']);
});

test('each place counts the ones before it as heard: districts and fields take turns', () => {
  const queue = ['a1', 'a2', 'b1', 'c1'].flatMap((bridgePointId, hall) =>
    [0, 1].map((index) =>
      waiting(`${bridgePointId}-${index}`, { bridgePointId, since: hall * 2 + index }),
    ),
  );
  const order = ids(queue);
  expect(order.slice(0, 3).map((id) => id[0])).toEqual(['a', 'b', 'c']);
  expect(order[3]).toBe('a2-0');
  const fields = [waiting('l1'), waiting('l2'), waiting('h1', { field: 'health', since: minute })];
  expect(ids(fields, only({ field: 1, waiting: 1 }))).toEqual(['l1', 'h1', 'l2']);
});

describe('a pinned question', () => {
  const [one, two, three, four] = ['1', '2', '3', '4'].map((id, index) =>
    waiting(id, { since: index }),
  ) as [Waiting, Waiting, Waiting, Waiting];
  const fifo = only({ waiting: 1 });

  test('stands where it was put, and says who put it there', () => {
    const moved = { ...four, pin: { due: 1, seq: 9, by: 'Lê Thu Hà', reason: 'Chủ trì yêu cầu' } };
    const order = plan([one, two, three, moved], fifo);
    expect(order.map(({ id }) => id)).toEqual(['1', '4', '2', '3']);
    expect(order[1]!.reason).toEqual({
      kind: 'pinned',
      by: 'Lê Thu Hà',
      reason: 'Chủ trì yêu cầu',
    });
  });

  test.each([
    ['several, each at its place', [0, 2], ['3', '1', '4', '2']],
    ['one on another: the later goes first', [1, 1], ['1', '4', '3', '2']],
    ['behind everything: last', [9, null], ['1', '2', '4', '3']],
    ['both behind everything: in their order', [9, 8], ['1', '2', '4', '3']],
  ] as [string, [number, number | null], string[]][])('%s', (_name, [third, fourth], expected) => {
    const queue = [
      one,
      two,
      { ...three, pin: pin(third, 10) },
      { ...four, pin: fourth === null ? null : pin(fourth, 11) },
    ];
    expect(ids(queue, fifo)).toEqual(expected);
    expect(ids(queue.toReversed(), fifo)).toEqual(expected);
  });

  test('keeps its turn while others leave, and moves back when one comes back', () => {
    const moved = { ...four, pin: pin(2, 1) };
    expect(ids([one, two, three, moved], fifo)).toEqual(['1', '2', '4', '3']);
    expect(ids([two, three, moved], { ...fifo, departures: 1 })).toEqual(['2', '4', '3']);
    expect(ids([three, moved], { ...fifo, departures: 2 })).toEqual(['4', '3']);
    expect(ids([two, three, moved], { ...fifo, departures: 1 })).toEqual(['2', '4', '3']);
  });

  test('counts as heard for those behind it', () => {
    const moved = waiting('moved', { bridgePointId: 'b1', since: 9, pin: pin(0) });
    const sameDistrict = waiting('b', { bridgePointId: 'b2', since: 0 });
    const other = waiting('c', { bridgePointId: 'c1', since: 5 });
    expect(ids([sameDistrict, other, moved], only({ district: 1 }))).toEqual(['moved', 'c', 'b']);
  });
});

describe('the plan', () => {
  /** A repeatable queue of many kinds of questions. */
  function many(count: number): Waiting[] {
    let seed = 11;
    const random = (below: number) => (seed = (seed * 48_271) % 0x7fff_ffff) % below;
    return Array.from({ length: count }, (_, index) =>
      waiting(`q${String(index).padStart(4, '0')}`, {
        bridgePointId: `${'abcdefgh'[random(8)]}${random(5)}`,
        field: ['land', 'health', 'school', null][random(4)]!,
        urgent: random(10) === 0,
        people: random(30),
        since: random(200) * minute,
        pin: random(40) === 0 ? pin(random(60), index) : null,
      }),
    );
  }

  test('is the same whatever the order of the input', () => {
    const queue = many(400);
    const expected = plan(queue);
    let seed = 5;
    for (let round = 0; round < 10; round += 1) {
      const shuffled = queue
        .map((item) => ({ item, at: (seed = (seed * 48_271) % 0x7fff_ffff) }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
      expect(plan(shuffled)).toEqual(expected);
    }
  });

  test('names each question once, up to the limit', () => {
    const queue = many(300);
    const order = ids(queue);
    expect(order).toHaveLength(99);
    expect(new Set(order).size).toBe(99);
    expect(ids(queue, { limit: 1_000 })).toHaveLength(300);
    expect(new Set(ids(queue, { limit: 1_000 })).size).toBe(300);
    expect(ids([])).toEqual([]);
  });

  test('begins with the first places of a longer plan', () => {
    const queue = many(300);
    expect(ids(queue)).toEqual(ids(queue, { limit: 300 }).slice(0, 99));
  });

  test('starves nobody: whoever waits long enough comes, whatever else comes in', () => {
    const poor = waiting('poor', { since: 0 });
    const worst = heard({
      districts: new Set(['a']),
      bridgePoints: new Set(['a1']),
      fields: ['land'],
      districtMs: new Map([['a', 90 * minute]]),
    });
    const fresh = (hour: number) =>
      waiting('rich', {
        bridgePointId: 'z9',
        field: 'health',
        urgent: true,
        people: 10_000,
        since: hour * 60 * minute,
      });
    // Everything but waiting gives at most the sum of the other weights.
    const { waiting: perHour, ...others } = defaultOrderWeights;
    const hours = Object.values(others).reduce((sum, weight) => sum + weight, 0) / perHour;
    expect(ids([poor, fresh(1)], { heard: worst })[0]).toBe('rich');
    expect(ids([poor, fresh(Math.ceil(hours))], { heard: worst })[0]).toBe('poor');
  });
});
