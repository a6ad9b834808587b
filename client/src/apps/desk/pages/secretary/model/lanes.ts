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
 * lane in which nothing changed keeps its very list, and one in which something did is mended, not
 * sorted.
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
        lists[lane] = changes.apply(lane, lists, orders[lane]);
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

/** Up to so many, each is looked for; more, and the whole list is gone through. */
const fewChanges = 50;

/** What leaves and what enters each lane. */
class Changes {
  private readonly leaving = new Map<Lane, DeskQuestionFact[]>();
  private readonly entering = new Map<Lane, DeskQuestionFact[]>();

  remove(fact: DeskQuestionFact, lane: Lane | null): void {
    note(this.leaving, fact, lane);
  }

  add(fact: DeskQuestionFact, lane: Lane | null): void {
    note(this.entering, fact, lane);
  }

  touches(lane: Lane): boolean {
    return this.leaving.has(lane) || this.entering.has(lane);
  }

  /** All that is in the lane now, in its order, which it was in before. */
  apply(lane: Lane, lists: LaneLists, order: Order): readonly DeskQuestionFact[] {
    const [leaving, entering] = [this.leaving.get(lane) ?? [], this.entering.get(lane) ?? []];
    if (leaving.length + entering.length > fewChanges) {
      return merged(this.kept(lane, lists), entering.sort(order), order);
    }
    const list = [...lists[lane]];
    for (const fact of leaving) list.splice(indexIn(list, fact, order), 1);
    for (const fact of entering) list.splice(indexIn(list, fact, order), 0, fact);
    return list;
  }

  /** All that is in the lane now, in no order; its very list when nothing changed. */
  in(lane: Lane, lists: LaneLists): readonly DeskQuestionFact[] {
    if (!this.touches(lane)) return lists[lane];
    return [...this.kept(lane, lists), ...(this.entering.get(lane) ?? [])];
  }

  private kept(lane: Lane, lists: LaneLists): readonly DeskQuestionFact[] {
    const leaving = this.leaving.get(lane);
    if (!leaving) return lists[lane];
    const ids = new Set(leaving.map(({ id }) => id));
    return lists[lane].filter(({ id }) => !ids.has(id));
  }
}

function note(
  changes: Map<Lane, DeskQuestionFact[]>,
  fact: DeskQuestionFact,
  lane: Lane | null,
): void {
  for (const one of lane === null ? (['all'] as const) : ([lane, 'all'] as const)) {
    const facts = changes.get(one);
    if (facts) facts.push(fact);
    else changes.set(one, [fact]);
  }
}

/** Where a fact stands in a list that is in order, or would stand. */
function indexIn(list: readonly DeskQuestionFact[], fact: DeskQuestionFact, order: Order): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (order(list[middle]!, fact) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
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
