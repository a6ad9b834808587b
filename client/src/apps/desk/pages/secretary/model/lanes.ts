import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';

/**
 * Where a question stands for the secretariat, in the order in which work goes on; `all` holds
 * every question of the dialogue, those still at their halls among them.
 */
export const lanes = [
  'incoming',
  'accepted',
  'scheduled',
  'onDeck',
  'onAir',
  'heard',
  'done',
  'returned',
  'all',
] as const;

export type Lane = (typeof lanes)[number];

export type LaneLists = Readonly<Record<Lane, readonly DeskQuestionFact[]>>;

/**
 * The lane of a question, `null` while it is none of the city's business: still at its hall, merged,
 * or returned by its hall without ever having been forwarded.
 */
export function laneOf(
  { id, state, forwardedAt }: DeskQuestionFact,
  planned: ReadonlyMap<string, number>,
): Exclude<Lane, 'all'> | null {
  switch (state) {
    case 'forwarded':
      return 'incoming';
    case 'accepted':
      return planned.has(id) ? 'scheduled' : 'accepted';
    case 'onDeck':
    case 'onAir':
    case 'heard':
      return state;
    case 'disposed':
      return 'done';
    case 'returned':
      return forwardedAt === null ? null : 'returned';
    case 'asked':
    case 'withdrawn':
    case 'merged':
      return null;
  }
}

type Order = (a: DeskQuestionFact, b: DeskQuestionFact) => number;

const byId: Order = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const byAccepted: Order = (a, b) => (a.acceptedAt ?? 0) - (b.acceptedAt ?? 0) || byId(a, b);
const oldestFirst: Order = (a, b) => (a.forwardedAt ?? 0) - (b.forwardedAt ?? 0) || byId(a, b);
const newestFirst: Order = (a, b) => oldestFirst(b, a);
const lastAskedFirst: Order = (a, b) => b.askedAt - a.askedAt || byId(a, b);

/** Those on deck and those that are planned stand as the server has them. */
const orders: Record<Exclude<Lane, 'onDeck' | 'scheduled'>, Order> = {
  incoming: oldestFirst,
  accepted: byAccepted,
  onAir: byAccepted,
  heard: byAccepted,
  done: newestFirst,
  returned: newestFirst,
  all: lastAskedFirst,
};

const none = (): Record<Lane, readonly DeskQuestionFact[]> => ({
  incoming: [],
  accepted: [],
  scheduled: [],
  onDeck: [],
  onAir: [],
  heard: [],
  done: [],
  returned: [],
  all: [],
});

/**
 * Every lane's questions in order, kept up to date: a fact that did not change costs one look, a
 * lane in which nothing changed keeps its very list, and one in which something did is merged
 * anew, not sorted.
 */
export class LaneIndex {
  private readonly known = new Map<
    string,
    { fact: DeskQuestionFact; lane: ReturnType<typeof laneOf> }
  >();
  private lists: Record<Lane, readonly DeskQuestionFact[]> = none();

  /** `onDeckIds` as the stage has them, `plannedIds` as the queue is planned. */
  update(
    questions: ReadonlyMap<string, DeskQuestionFact>,
    onDeckIds: readonly (string | null)[],
    plannedIds: readonly string[],
  ): LaneLists {
    const planned = new Map(plannedIds.map((id, index) => [id, index]));
    const changes = new Changes();
    for (const [id, fact] of questions) {
      const before = this.known.get(id);
      const lane = laneOf(fact, planned);
      if (before?.fact === fact && before.lane === lane) continue;
      if (before) changes.remove(before.fact, before.lane);
      changes.add(fact, lane);
      this.known.set(id, { fact, lane });
    }
    if (this.known.size > questions.size) this.forgetMissing(questions, changes);
    const lists = { ...this.lists };
    for (const lane of lanes) {
      if (lane === 'scheduled') lists.scheduled = placed(changes.in(lane, lists), planned);
      else if (lane === 'onDeck') {
        const places = new Map(onDeckIds.map((id, index) => [id ?? '', index]));
        lists.onDeck = placed(changes.in(lane, lists), places);
      } else if (changes.touches(lane)) {
        lists[lane] = merged(
          changes.kept(lane, lists),
          changes.added(lane).sort(orders[lane]),
          orders[lane],
        );
      }
    }
    this.lists = lists;
    return lists;
  }

  private forgetMissing(questions: ReadonlyMap<string, unknown>, changes: Changes): void {
    for (const [id, { fact, lane }] of this.known) {
      if (questions.has(id)) continue;
      changes.remove(fact, lane);
      this.known.delete(id);
    }
  }
}

/** What leaves and what enters each lane. */
class Changes {
  private readonly leaving = new Map<Lane, Set<string>>();
  private readonly entering = new Map<Lane, DeskQuestionFact[]>();

  remove({ id }: DeskQuestionFact, lane: Lane | null): void {
    for (const one of lane === null ? (['all'] as const) : ([lane, 'all'] as const)) {
      const ids = this.leaving.get(one) ?? new Set();
      this.leaving.set(one, ids.add(id));
    }
  }

  add(fact: DeskQuestionFact, lane: Lane | null): void {
    for (const one of lane === null ? (['all'] as const) : ([lane, 'all'] as const)) {
      const facts = this.entering.get(one) ?? [];
      facts.push(fact);
      this.entering.set(one, facts);
    }
  }

  touches(lane: Lane): boolean {
    return this.leaving.has(lane) || this.entering.has(lane);
  }

  added(lane: Lane): DeskQuestionFact[] {
    return this.entering.get(lane) ?? [];
  }

  kept(lane: Lane, lists: LaneLists): readonly DeskQuestionFact[] {
    const ids = this.leaving.get(lane);
    return ids ? lists[lane].filter(({ id }) => !ids.has(id)) : lists[lane];
  }

  /** All that is in the lane now, in no order; its very list when nothing changed. */
  in(lane: Lane, lists: LaneLists): readonly DeskQuestionFact[] {
    return this.touches(lane) ? [...this.kept(lane, lists), ...this.added(lane)] : lists[lane];
  }
}

/** In the order of `places`, what has none last; the same list where it is in that order already. */
function placed(
  facts: readonly DeskQuestionFact[],
  places: ReadonlyMap<string, number>,
): readonly DeskQuestionFact[] {
  const placeOf = ({ id }: DeskQuestionFact) => places.get(id) ?? places.size;
  const order: Order = (a, b) => placeOf(a) - placeOf(b) || byId(a, b);
  const inOrder = facts.every((fact, index) => {
    const next = facts[index + 1];
    return next === undefined || order(fact, next) <= 0;
  });
  return inOrder ? facts : [...facts].sort(order);
}

function merged(
  one: readonly DeskQuestionFact[],
  other: readonly DeskQuestionFact[],
  order: Order,
): readonly DeskQuestionFact[] {
  if (other.length === 0) return one;
  const all: DeskQuestionFact[] = [];
  let next = 0;
  for (const fact of one) {
    while (next < other.length && order(other[next]!, fact) < 0) all.push(other[next++]!);
    all.push(fact);
  }
  return all.concat(other.slice(next));
}
