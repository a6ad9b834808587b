import {
  type OrderCriterion,
  orderCriteria,
  type OrderWeights,
  type PlaceReason,
} from '@nhip-cau/shared/model/order';
import type { Heard, Waiting } from './order.ts';

export type Parts = Record<OrderCriterion, number>;

/** What a district has had, at the place that is being given. */
export interface DistrictRun {
  isHeard: boolean;
  ms: number;
}

/** When a field was last heard, as the number of the turn; `null`: never. */
export interface FieldRun {
  turn: number | null;
}

/** Whether a hall was heard, at the place that is being given. */
export interface HallRun {
  isHeard: boolean;
}

/** A question with what is the same at every place. */
export interface Rated {
  readonly waiting: Waiting;
  readonly hall: HallRun;
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
  readonly weights: OrderWeights;
  readonly fieldCount: number;
  readonly turnMs: number;
}

/** So many who share a question make half of what support can give. */
const halfSupport = 10;
const hourMs = 3_600_000;

/** What will have been heard at the place that is being given. */
export class Course {
  private readonly input: CourseInput;
  /** Since when the shortest waiting has waited, in epoch ms. */
  private readonly latest: number;
  private readonly halls = new Map<string, HallRun>();
  private readonly districts = new Map<string, DistrictRun>();
  private readonly fields = new Map<string | null, FieldRun>();
  private turn = 0;
  private mostMs = 0;

  constructor(input: CourseInput, latest: number) {
    const { heard } = input;
    this.input = input;
    this.latest = latest;
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
    if (!run) this.districts.set(name, (run = { isHeard: false, ms: 0 }));
    return run;
  }

  field(name: string | null): FieldRun {
    let run = this.fields.get(name);
    if (!run) this.fields.set(name, (run = { turn: null }));
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

  rate(waiting: Waiting): Rated {
    const { weights } = this.input;
    const { urgent, people, since, bridgePointId } = waiting;
    const urgency = urgent ? weights.urgency : 0;
    const support = weights.support * (people / (people + halfSupport));
    const time = (weights.waiting * (this.latest - since)) / hourMs;
    const own = urgency + support + time;
    return { waiting, hall: this.hall(bridgePointId), urgency, support, time, own };
  }

  /** Each criterion's share of the sum, weighted. */
  parts({ urgency, support, time }: Rated, { district, field, isHallHeard }: Sort): Parts {
    const { weights } = this.input;
    return {
      district: district.isHeard ? 0 : weights.district,
      bridgePoint: isHallHeard ? 0 : weights.bridgePoint,
      field: weights.field * this.rest(field),
      districtTime: weights.districtTime * (this.mostMs === 0 ? 1 : 1 - district.ms / this.mostMs),
      urgency,
      support,
      waiting: time,
    };
  }

  /** The sum of the parts that a sort's questions have in common. */
  commonSum({ district, field, isHallHeard }: Sort): number {
    const { weights } = this.input;
    return (
      (district.isHeard ? 0 : weights.district) +
      (isHallHeard ? 0 : weights.bridgePoint) +
      weights.field * this.rest(field) +
      weights.districtTime * (this.mostMs === 0 ? 1 : 1 - district.ms / this.mostMs)
    );
  }

  reason({ waiting }: Rated, parts: Parts, second: Parts | null): PlaceReason {
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
        return { kind: 'districtTime', district, spokenMs: this.district(district).ms };
      case 'urgency':
        return { kind: 'urgency' };
      case 'support':
        return { kind: 'support', people };
      case 'waiting':
        return { kind: 'waiting', since };
    }
  }

  /** 0 just after the field was heard, 1 when every other one could have been heard since. */
  private rest({ turn }: FieldRun): number {
    if (turn === null) return 1;
    return Math.min(1, (this.turn - turn) / Math.max(1, this.input.fieldCount - 1));
  }
}
