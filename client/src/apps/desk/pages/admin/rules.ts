import {
  defaultOrderWeights,
  type OrderWeights,
  orderCriteria,
} from '@nhip-cau/shared/model/order';
import {
  defaultRules,
  type DialogueRules,
  type TimeUpPolicy,
} from '@nhip-cau/shared/model/session';

/** A dialogue's rules as their form holds them; numbers may be half typed. */
export interface RulesDraft {
  order: OrderWeights;
  isDistrictLimited: boolean;
  /** What a district may take when it is limited. */
  districtMinutes: number;
  replySeconds: number;
  hostMinutes: number;
  warnSeconds: number;
  timeUp: TimeUpPolicy;
  staleMinutes: number;
  publicForm: boolean;
  /** One a line. */
  returnReasons: string;
}

/** Least and most of each number, in the unit of its field. */
export const ruleRanges = {
  districtMinutes: [1, 240],
  replySeconds: [10, 3_600],
  hostMinutes: [0.5, 240],
  warnSeconds: [0, 600],
  staleMinutes: [1, 1_440],
} as const;

export type RulesNumber = keyof typeof ruleRanges;
export type RulesFaults = Partial<Record<RulesNumber | 'returnReasons', 'range' | 'tooMany'>>;

/** Ready orders: `first` puts whoever came first first. */
export const orderPresets: Record<'fair' | 'first', OrderWeights> = {
  fair: defaultOrderWeights,
  first: Object.fromEntries(
    orderCriteria.map((criterion) => [
      criterion,
      criterion === 'waiting' ? defaultOrderWeights.waiting : 0,
    ]),
  ) as OrderWeights,
};

export type OrderPreset = keyof typeof orderPresets;

const usualDistrictMinutes = 15;
const mostReasons = 40;
const longestReason = 1_000;

/** The preset that these weights are, if any. */
export function presetOf(order: OrderWeights): OrderPreset | null {
  const names = Object.keys(orderPresets) as OrderPreset[];
  return (
    names.find((name) =>
      orderCriteria.every((criterion) => orderPresets[name][criterion] === order[criterion]),
    ) ?? null
  );
}

/** The draft of rules; what they do not say is as every dialogue begins. */
export function rulesDraftOf(some: Partial<DialogueRules>): RulesDraft {
  const rules = { ...defaultRules, ...some };
  return {
    order: { ...rules.order },
    isDistrictLimited: rules.districtSeconds !== null,
    districtMinutes:
      rules.districtSeconds === null ? usualDistrictMinutes : rules.districtSeconds / 60,
    replySeconds: rules.replySeconds,
    hostMinutes: rules.hostSeconds / 60,
    warnSeconds: rules.warnSeconds,
    timeUp: rules.timeUp,
    staleMinutes: rules.staleMinutes,
    publicForm: rules.publicForm,
    returnReasons: rules.returnReasons.join('\n'),
  };
}

export function copyOfRules(draft: RulesDraft): RulesDraft {
  return { ...draft, order: { ...draft.order } };
}

/** What keeps the draft from being saved, by field; empty when nothing does. */
export function rulesFaultsOf(draft: RulesDraft): RulesFaults {
  const faults: RulesFaults = {};
  for (const [name, [least, most]] of Object.entries(ruleRanges) as [
    RulesNumber,
    readonly [number, number],
  ][]) {
    const value = numberOf(draft[name]);
    const isAsked = name !== 'districtMinutes' || draft.isDistrictLimited;
    if (isAsked && !(value >= least && value <= most)) faults[name] = 'range';
  }
  const reasons = reasonsOf(draft);
  if (reasons.length > mostReasons || reasons.some(({ length }) => length > longestReason)) {
    faults.returnReasons = 'tooMany';
  }
  return faults;
}

/** The draft as the protocol has it. */
export function rulesOf(draft: RulesDraft): DialogueRules {
  const secondsOf = (minutes: number) => Math.round(numberOf(minutes) * 60);
  return {
    order: { ...draft.order },
    districtSeconds: draft.isDistrictLimited ? secondsOf(draft.districtMinutes) : null,
    replySeconds: Math.round(numberOf(draft.replySeconds)),
    hostSeconds: secondsOf(draft.hostMinutes),
    warnSeconds: Math.round(numberOf(draft.warnSeconds)),
    timeUp: draft.timeUp,
    staleMinutes: Math.round(numberOf(draft.staleMinutes)),
    publicForm: draft.publicForm,
    returnReasons: reasonsOf(draft),
  };
}

/** A field that was emptied holds no number. */
const numberOf = (typed: unknown) => (typed === '' || typed === null ? Number.NaN : Number(typed));

const reasonsOf = ({ returnReasons }: RulesDraft) =>
  returnReasons
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
