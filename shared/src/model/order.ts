/**
 * What the rule of the queue weighs. Each part of it gives a question between 0 and 1, except
 * `waiting`, which gives 1 for each hour, without end: nobody waits for ever. A weight of 0 leaves
 * the part out; with all but `waiting` at 0 the queue is first come, first served.
 */
export const orderCriteria = [
  'district',
  'bridgePoint',
  'field',
  'districtTime',
  'urgency',
  'support',
  'waiting',
] as const;

export type OrderCriterion = (typeof orderCriteria)[number];

export type OrderWeights = Record<OrderCriterion, number>;

export const maxOrderWeight = 20;

/** Districts and halls that were never heard come first; then what presses; nobody starves. */
export const defaultOrderWeights: OrderWeights = {
  district: 10,
  bridgePoint: 6,
  field: 4,
  districtTime: 4,
  urgency: 8,
  support: 3,
  waiting: 2,
};

/** What each says of the one before it, as an order, the first one first. */
export function inOrder<Place extends { id: string; after: string | null }>(
  places: Iterable<Place>,
): Place[] {
  const behind = new Map<string | null, Place>();
  for (const place of places) behind.set(place.after, place);
  const order: Place[] = [];
  for (let next = behind.get(null); next; next = behind.get(next.id)) order.push(next);
  return order;
}

/** Why a question stands where it stands: what told it from the next best one for its place. */
export type PlaceReason =
  | { kind: 'pinned'; by: string | null; reason: string | null }
  | { kind: 'district'; district: string }
  | { kind: 'bridgePoint'; bridgePointName: string }
  | { kind: 'field'; field: string | null }
  | { kind: 'districtTime'; district: string; spokenMs: number }
  | { kind: 'urgency' }
  | { kind: 'support'; people: number }
  | { kind: 'waiting'; since: number };
