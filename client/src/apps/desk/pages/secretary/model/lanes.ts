import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';

/** Where a question stands for the secretariat, in the order in which work goes on. */
export const lanes = [
  'incoming',
  'accepted',
  'onDeck',
  'onAir',
  'heard',
  'done',
  'returned',
] as const;

export type Lane = (typeof lanes)[number];

export type LaneLists = Readonly<Record<Lane, readonly DeskQuestionFact[]>>;

/**
 * The lane of a question, `null` while it is none of the city's business: still at its hall, or
 * returned by its hall without ever having been forwarded.
 */
export function laneOf({ state, forwardedAt }: DeskQuestionFact): Lane | null {
  switch (state) {
    case 'forwarded':
      return 'incoming';
    case 'accepted':
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

const byAccepted: Order = (a, b) => (a.acceptedAt ?? 0) - (b.acceptedAt ?? 0);
const oldestFirst: Order = (a, b) => (a.forwardedAt ?? 0) - (b.forwardedAt ?? 0);
const newestFirst: Order = (a, b) => oldestFirst(b, a);

const orders: Record<Exclude<Lane, 'onDeck' | 'accepted'>, Order> = {
  incoming: oldestFirst,
  onAir: byAccepted,
  heard: byAccepted,
  done: newestFirst,
  returned: newestFirst,
};

/**
 * Every lane's questions in order: those on deck as the stage has them (`onDeckIds`), the queue as it
 * is planned (`plannedIds`), and behind the plan in the order of their acceptance.
 */
export function laneLists(
  questions: Iterable<DeskQuestionFact>,
  onDeckIds: readonly (string | null)[],
  plannedIds: readonly string[],
): LaneLists {
  const lists: Record<Lane, DeskQuestionFact[]> = {
    incoming: [],
    accepted: [],
    onDeck: [],
    onAir: [],
    heard: [],
    done: [],
    returned: [],
  };
  for (const question of questions) {
    const lane = laneOf(question);
    if (lane) lists[lane].push(question);
  }
  const onDeck = byPlaceIn(onDeckIds);
  const planned = byPlaceIn(plannedIds);
  for (const lane of lanes) {
    if (lane === 'onDeck') lists.onDeck.sort(onDeck);
    else if (lane === 'accepted') lists.accepted.sort((a, b) => planned(a, b) || byAccepted(a, b));
    else lists[lane].sort(orders[lane]);
  }
  return lists;
}

/** The order of a list of ids; what is not in it comes last. */
function byPlaceIn(ids: readonly (string | null)[]): Order {
  const places = new Map(ids.map((id, index) => [id, index]));
  const placeOf = ({ id }: DeskQuestionFact) => places.get(id) ?? places.size;
  return (a, b) => placeOf(a) - placeOf(b);
}
