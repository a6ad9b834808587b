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
      return null;
  }
}

type Order = (a: DeskQuestionFact, b: DeskQuestionFact) => number;

const byRank: Order = (a, b) => (a.rank ?? 0) - (b.rank ?? 0);
const oldestFirst: Order = (a, b) => (a.forwardedAt ?? 0) - (b.forwardedAt ?? 0);
const newestFirst: Order = (a, b) => oldestFirst(b, a);

const orders: Record<Exclude<Lane, 'onDeck'>, Order> = {
  incoming: oldestFirst,
  accepted: byRank,
  onAir: byRank,
  heard: byRank,
  done: newestFirst,
  returned: newestFirst,
};

/** Every lane's questions in order; those on deck as the stage has them (`onDeckIds`). */
export function laneLists(
  questions: Iterable<DeskQuestionFact>,
  onDeckIds: readonly string[],
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
  const deckPlace = new Map(onDeckIds.map((id, index) => [id, index]));
  const placeOnDeck = ({ id }: DeskQuestionFact) => deckPlace.get(id) ?? deckPlace.size;
  for (const lane of lanes) {
    lists[lane].sort(lane === 'onDeck' ? (a, b) => placeOnDeck(a) - placeOnDeck(b) : orders[lane]);
  }
  return lists;
}
