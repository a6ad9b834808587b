/** The answer of the fairness report. Times are epoch milliseconds. */
import type { OrderWeights } from '../model/order.ts';
import type { Role } from '../model/roles.ts';
import type { DialogueState } from '../model/session.ts';

/**
 * Who was heard. `questions` came to the city and stand, merged ones each for itself; every one is
 * `heard` (or was, as a part of the one that was heard), `waiting`, or `settled` without a turn.
 */
export interface FairnessFigures {
  questions: number;
  heard: number;
  waiting: number;
  settled: number;
  turns: number;
  spokenMs: number;
  /** Of all that halls have spoken, from 0 to 1. */
  share: number;
}

export interface FairnessDistrict extends FairnessFigures {
  district: string;
  halls: number;
  hallsHeard: number;
}

export interface FairnessField extends FairnessFigures {
  field: string | null;
}

export interface UnheardHall {
  id: string;
  code: string;
  name: string;
  district: string;
  questions: number;
  waiting: number;
}

/** That a person moved a question against the rule, or gave it back. */
export interface PinEntry {
  seq: number;
  at: number;
  questionId: string;
  /** `null` for a reader who may not see it: it is its asker's again. */
  wording: string | null;
  bridgePointName: string;
  district: string;
  /** As which one to be called, from 1; `null`: it was given back to the rule. */
  place: number | null;
  by: { role: Role; name: string | null };
  reason: string | null;
}

export interface FairnessReportBody {
  dialogue: {
    id: string;
    title: string;
    organiser: string;
    state: DialogueState;
    startsAt: number;
    startedAt: number | null;
    endedAt: number | null;
  };
  /** The log's number that this report goes up to. */
  seq: number;
  weights: OrderWeights;
  totals: Omit<FairnessDistrict, 'district' | 'share'>;
  districts: FairnessDistrict[];
  fields: FairnessField[];
  neverHeard: UnheardHall[];
  pins: PinEntry[];
}
