import {
  type OrderCriterion,
  orderCriteria,
  type OrderWeights,
  type PlaceReason,
} from '@nhip-cau/shared/model/order';
import type { Pin } from '@nhip-cau/shared/model/questions';

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
  readonly queue: readonly Waiting[];
  readonly heard: Heard;
  readonly weights: OrderWeights;
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

/** So many who share a question make half of what support can give. */
const halfSupport = 10;
const hourMs = 3_600_000;

type Parts = Record<OrderCriterion, number>;

interface Group {
  readonly head: () => Waiting | undefined;
  readonly members: Waiting[];
  next: number;
}

/**
 * The first `limit` places of the queue and the reason of each. Pure. Each place is given on top of
 * the ones before it, as if their turns had been held: to whoever has the greatest weighted sum,
 * of equal ones the longest waiting, then by id. A pinned question stands where a person put it,
 * whatever its sum.
 *
 * Questions of one hall and one field differ only in what does not change from place to place, so
 * each place is decided among the first of every such group.
 */
export function planOrder(input: OrderInput): Planned[] {
  const { queue, departures, limit } = input;
  const latest = Math.max(0, ...queue.map(({ since }) => since));
  const course = new Course(input, latest);
  const groups = groupsOf(queue, (waiting) => course.fixedSum(waiting));
  const pinned = queue
    .filter(({ pin }) => pin !== null)
    .sort((a, b) => dueOf(a) - dueOf(b) || movedOf(b) - movedOf(a));
  const planned: Planned[] = [];
  const count = Math.min(limit, queue.length);
  while (planned.length < count) {
    const isRuleExhausted = groups.every((group) => group.head() === undefined);
    const first = pinned[0];
    if (first && (isRuleExhausted || dueOf(first) <= departures + planned.length)) {
      pinned.shift();
      course.take(first);
      planned.push({
        id: first.id,
        reason: {
          kind: 'pinned',
          by: first.pin?.by ?? null,
          reason: first.pin?.reason ?? null,
        },
      });
      continue;
    }
    const choice = choose(groups, course);
    if (choice === null) break;
    choice.group.next += 1;
    planned.push({ id: choice.waiting.id, reason: choice.reason });
    course.take(choice.waiting);
  }
  return planned;
}

function choose(groups: readonly Group[], course: Course) {
  let best: { group: Group; waiting: Waiting; parts: Parts; sum: number } | null = null;
  let second: { waiting: Waiting; parts: Parts; sum: number } | null = null;
  for (const group of groups) {
    const waiting = group.head();
    if (waiting === undefined) continue;
    for (const candidate of [waiting, group.members[group.next + 1]]) {
      if (candidate === undefined) continue;
      const parts = course.parts(candidate);
      const sum = sumOf(parts);
      if (candidate === waiting && (best === null || goesBefore({ waiting, sum }, best))) {
        second = better(best, second);
        best = { group, waiting, parts, sum };
      } else {
        second = better({ waiting: candidate, parts, sum }, second);
      }
    }
  }
  if (best === null) return null;
  return { ...best, reason: course.reason(best.waiting, best.parts, second?.parts ?? null) };
}

interface Rated {
  waiting: Waiting;
  sum: number;
}

function better<R extends Rated>(one: R | null, other: R | null): R | null {
  if (one === null || other === null) return one ?? other;
  return goesBefore(one, other) ? one : other;
}

function goesBefore(a: Rated, b: Rated): boolean {
  if (a.sum !== b.sum) return a.sum > b.sum;
  if (a.waiting.since !== b.waiting.since) return a.waiting.since < b.waiting.since;
  return compareIds(a.waiting, b.waiting) < 0;
}

/** What will have been heard at the place that is being given. */
class Course {
  private readonly input: OrderInput;
  private readonly latest: number;
  private readonly districts: Set<string>;
  private readonly bridgePoints: Set<string>;
  private readonly districtMs: Map<string, number>;
  private readonly fieldTurn = new Map<string | null, number>();
  private turn = 0;
  private mostMs: number;

  constructor(input: OrderInput, latest: number) {
    const { heard } = input;
    this.input = input;
    this.latest = latest;
    this.districts = new Set(heard.districts);
    this.bridgePoints = new Set(heard.bridgePoints);
    this.districtMs = new Map(heard.districtMs);
    this.mostMs = Math.max(0, ...this.districtMs.values());
    for (const field of heard.fields) this.fieldTurn.set(field, (this.turn += 1));
  }

  take({ district, bridgePointId, field }: Waiting): void {
    this.districts.add(district);
    this.bridgePoints.add(bridgePointId);
    const ms = (this.districtMs.get(district) ?? 0) + this.input.turnMs;
    this.districtMs.set(district, ms);
    this.mostMs = Math.max(this.mostMs, ms);
    this.fieldTurn.set(field, (this.turn += 1));
  }

  /** Each criterion's share of the sum, weighted. */
  parts(waiting: Waiting): Parts {
    const { weights } = this.input;
    const { district, bridgePointId, field, urgent, people, since } = waiting;
    const spokenMs = this.districtMs.get(district) ?? 0;
    return {
      district: this.districts.has(district) ? 0 : weights.district,
      bridgePoint: this.bridgePoints.has(bridgePointId) ? 0 : weights.bridgePoint,
      field: weights.field * this.rest(field),
      districtTime: weights.districtTime * (this.mostMs === 0 ? 1 : 1 - spokenMs / this.mostMs),
      urgency: urgent ? weights.urgency : 0,
      support: weights.support * (people / (people + halfSupport)),
      waiting: (weights.waiting * (this.latest - since)) / hourMs,
    };
  }

  /** What is the same at every place: it orders the questions of one hall and one field. */
  fixedSum(waiting: Waiting): number {
    const { urgency, support, waiting: time } = this.parts(waiting);
    return urgency + support + time;
  }

  reason(waiting: Waiting, parts: Parts, second: Parts | null): PlaceReason {
    let deciding: OrderCriterion = 'waiting';
    let most = 0;
    for (const criterion of orderCriteria) {
      const ahead = parts[criterion] - (second?.[criterion] ?? 0);
      if (ahead > most) [deciding, most] = [criterion, ahead];
    }
    const { district, bridgePointName, field, people, since } = waiting;
    switch (deciding) {
      case 'district':
        return { kind: 'district', district };
      case 'bridgePoint':
        return { kind: 'bridgePoint', bridgePointName };
      case 'field':
        return { kind: 'field', field };
      case 'districtTime':
        return { kind: 'districtTime', district, spokenMs: this.districtMs.get(district) ?? 0 };
      case 'urgency':
        return { kind: 'urgency' };
      case 'support':
        return { kind: 'support', people };
      case 'waiting':
        return { kind: 'waiting', since };
    }
  }

  /** 0 just after the field was heard, 1 when every other one could have been heard since. */
  private rest(field: string | null): number {
    const last = this.fieldTurn.get(field);
    if (last === undefined) return 1;
    return Math.min(1, (this.turn - last) / Math.max(1, this.input.fieldCount - 1));
  }
}

function groupsOf(queue: readonly Waiting[], fixedSum: (waiting: Waiting) => number): Group[] {
  const byKey = new Map<string, { waiting: Waiting; sum: number }[]>();
  for (const waiting of queue) {
    if (waiting.pin !== null) continue;
    const key = JSON.stringify([waiting.bridgePointId, waiting.field]);
    const rated = { waiting, sum: fixedSum(waiting) };
    const group = byKey.get(key);
    if (group) group.push(rated);
    else byKey.set(key, [rated]);
  }
  return [...byKey.values()].map((rated) => {
    rated.sort((a, b) => (goesBefore(a, b) ? -1 : 1));
    const members = rated.map(({ waiting }) => waiting);
    return {
      members,
      next: 0,
      head() {
        return this.members[this.next];
      },
    };
  });
}

function sumOf(parts: Parts): number {
  let sum = 0;
  for (const criterion of orderCriteria) sum += parts[criterion];
  return sum;
}

const dueOf = ({ pin }: Waiting) => pin?.due ?? Infinity;
const movedOf = ({ pin }: Waiting) => pin?.seq ?? 0;

const compareIds = (a: Waiting, b: Waiting) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
