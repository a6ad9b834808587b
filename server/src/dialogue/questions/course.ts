import {
  type OrderCriterion,
  orderCriteria,
  type OrderWeights,
  type PlaceReason,
} from '@nhip-cau/shared/model/order';
import type { Heard, Waiting } from './order.ts';

export type Parts = Record<OrderCriterion, number>;

/** What it gives its questions, and at which turn it gave that. */
interface Share {
  sum: number;
  sumAt: number;
}

/** What a district has had, at the place that is being given. */
export interface DistrictRun extends Share {
  isHeard: boolean;
  ms: number;
}

/** When a field was last heard, as the number of the turn; `null`: never. */
export interface FieldRun extends Share {
  turn: number | null;
}

/** Whether a hall was heard, at the place that is being given. */
export interface HallRun {
  isHeard: boolean;
}

/** A question with what is the same at every place, whatever was heard before it. */
export interface Rated {
  readonly waiting: Waiting;
  readonly urgency: number;
  readonly support: number;
  readonly time: number;
  /** The sum of these. */
  readonly own: number;
}

/** Questions that differ only in what is the same at every place. */
export interface Sort {
  readonly district: DistrictRun;
  readonly field: FieldRun;
  readonly isHallHeard: boolean;
}

export interface CourseInput {
  readonly heard: Heard;
  readonly fieldCount: number;
  readonly turnMs: number;
}

const unsummed: Share = { sum: 0, sumAt: -1 };
/** So many who share a question make half of what support can give. */
const halfSupport = 10;
const hourMs = 3_600_000;

/** What the waiting since `since` gives, counted from `from`; both in epoch ms. */
export function waitingPart(since: number, weights: OrderWeights, from: number): number {
  return (weights.waiting * (from - since)) / hourMs;
}

/** `from`: as for `waitingPart`, the same one for all that are compared. */
export function rate(waiting: Waiting, weights: OrderWeights, from: number): Rated {
  const { urgent, people, since } = waiting;
  const urgency = urgent ? weights.urgency : 0;
  const support = weights.support * (people / (people + halfSupport));
  const time = waitingPart(since, weights, from);
  return { waiting, urgency, support, time, own: urgency + support + time };
}

/** What is the same at every place: the greater sum first. */
export function compareOwn(a: Rated, b: Rated): number {
  return b.own - a.own || compareTies(a.waiting, b.waiting);
}

/** The longer waiting first, then by id. */
export function compareTies(a: Waiting, b: Waiting): number {
  return a.since - b.since || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** What will have been heard at the place that is being given. */
export class Course {
  /** Those that were heard before the first place. */
  readonly heardHalls: ReadonlySet<string>;
  private readonly input: CourseInput;
  private readonly weights: OrderWeights;
  private readonly halls = new Map<string, HallRun>();
  private readonly districts = new Map<string, DistrictRun>();
  private readonly fields = new Map<string | null, FieldRun>();
  private turn = 0;
  private mostMs = 0;

  constructor(input: CourseInput, weights: OrderWeights) {
    const { heard } = input;
    this.input = input;
    this.weights = weights;
    this.heardHalls = heard.bridgePoints;
    for (const id of heard.bridgePoints) this.hall(id).isHeard = true;
    for (const district of heard.districts) this.district(district).isHeard = true;
    for (const [district, ms] of heard.districtMs) {
      this.district(district).ms = ms;
      this.mostMs = Math.max(this.mostMs, ms);
    }
    for (const field of heard.fields) this.field(field).turn = this.turn += 1;
  }

  hall(bridgePointId: string): HallRun {
    let run = this.halls.get(bridgePointId);
    if (!run) this.halls.set(bridgePointId, (run = { isHeard: false }));
    return run;
  }

  district(name: string): DistrictRun {
    let run = this.districts.get(name);
    if (!run) this.districts.set(name, (run = { isHeard: false, ms: 0, ...unsummed }));
    return run;
  }

  field(name: string | null): FieldRun {
    let run = this.fields.get(name);
    if (!run) this.fields.set(name, (run = { turn: null, ...unsummed }));
    return run;
  }

  take({ district: name, bridgePointId, field }: Waiting): void {
    const district = this.district(name);
    district.isHeard = true;
    district.ms += this.input.turnMs;
    this.mostMs = Math.max(this.mostMs, district.ms);
    this.hall(bridgePointId).isHeard = true;
    this.field(field).turn = this.turn += 1;
  }

  /** Each criterion's share of the sum, weighted. */
  parts({ urgency, support, time }: Rated, { district, field, isHallHeard }: Sort): Parts {
    const { weights } = this;
    return {
      district: district.isHeard ? 0 : weights.district,
      bridgePoint: isHallHeard ? 0 : weights.bridgePoint,
      field: weights.field * this.rest(field),
      districtTime: weights.districtTime * this.unspoken(district),
      urgency,
      support,
      waiting: time,
    };
  }

  /** The sum of the parts that a sort's questions have in common. */
  commonSum({ district, field, isHallHeard }: Sort): number {
    const { weights, turn } = this;
    if (district.sumAt !== turn) {
      district.sumAt = turn;
      district.sum =
        (district.isHeard ? 0 : weights.district) + weights.districtTime * this.unspoken(district);
    }
    if (field.sumAt !== turn) {
      field.sumAt = turn;
      field.sum = weights.field * this.rest(field);
    }
    return district.sum + field.sum + (isHallHeard ? 0 : weights.bridgePoint);
  }

  /** By which part a question is most ahead of the second; what is not said of that one is 0. */
  reason({ waiting }: Rated, parts: Parts, second: Partial<Parts>): PlaceReason {
    let deciding: OrderCriterion = 'waiting';
    let most = 0;
    for (const criterion of orderCriteria) {
      const ahead = parts[criterion] - (second[criterion] ?? 0);
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
        return { kind: 'districtTime', district, spokenMs: this.district(district).ms };
      case 'urgency':
        return { kind: 'urgency' };
      case 'support':
        return { kind: 'support', people };
      case 'waiting':
        return { kind: 'waiting', since };
    }
  }

  /** 1 minus what a district has spoken, as a part of what the one that spoke most has. */
  private unspoken({ ms }: DistrictRun): number {
    return this.mostMs === 0 ? 1 : 1 - ms / this.mostMs;
  }

  /** 0 just after the field was heard, 1 when every other one could have been heard since. */
  private rest({ turn }: FieldRun): number {
    if (turn === null) return 1;
    return Math.min(1, (this.turn - turn) / Math.max(1, this.input.fieldCount - 1));
  }
}
