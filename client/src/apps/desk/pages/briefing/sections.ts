import type { BriefingQuestion } from '@nhip-cau/shared/protocol/briefing';

/** `now`: on air or on deck. `planned`: with a place. `field`: behind the plan. `incoming`: unread. */
export interface BriefingSection {
  kind: 'now' | 'planned' | 'field' | 'incoming';
  field: string | null;
  questions: BriefingQuestion[];
}

/** The questions as they are printed: by place first, then by field, those not accepted last. */
export function sectionsOf(questions: readonly BriefingQuestion[]): BriefingSection[] {
  const of = (kind: BriefingSection['kind']) =>
    questions.filter((question) => kindOf(question) === kind);
  const whole = (kind: BriefingSection['kind']) => ({ kind, field: null, questions: of(kind) });
  const byField = [...Map.groupBy(of('field'), ({ field }) => field)].map(
    ([field, group]): BriefingSection => ({ kind: 'field', field, questions: group }),
  );
  return [whole('now'), whole('planned'), ...byField, whole('incoming')].filter(
    (section) => section.questions.length > 0,
  );
}

function kindOf({ state, place }: BriefingQuestion): BriefingSection['kind'] {
  if (state === 'onAir' || state === 'onDeck') return 'now';
  if (state === 'forwarded') return 'incoming';
  return place === null ? 'field' : 'planned';
}
