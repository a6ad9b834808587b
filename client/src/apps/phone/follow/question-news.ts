import type { QuestionState } from '@nhip-cau/shared/model/questions';
import type { OwnQuestionFact } from '@nhip-cau/shared/protocol/facts';

/** What its asker last heard of a question. */
export interface Standing {
  state: QuestionState;
  /** Of the question that it became a part of. */
  lead: QuestionState | null;
}

/** Something that became of a question; `lead`: of the one that it is a part of. */
export interface News {
  of: 'own' | 'lead';
  state: QuestionState;
}

/** States that the asker did not bring about, and that nothing else on the page calls out. */
const toldOfOwn: ReadonlySet<QuestionState> = new Set([
  'forwarded',
  'accepted',
  'heard',
  'disposed',
  'returned',
  'merged',
]);

/** The lead is another's: that it is called is no call to this asker, and is told all the same. */
const toldOfLead: ReadonlySet<QuestionState> = new Set([
  'accepted',
  'onDeck',
  'onAir',
  'heard',
  'disposed',
  'returned',
]);

export const standingOf = ({ state, lead }: OwnQuestionFact): Standing => ({
  state,
  lead: lead?.state ?? null,
});

/** What is worth saying of a change, or `null`. */
export function newsOf(before: Standing | undefined, now: Standing): News | null {
  if (before === undefined) return null;
  if (before.state !== now.state) {
    return toldOfOwn.has(now.state) ? { of: 'own', state: now.state } : null;
  }
  if (now.lead === null || before.lead === now.lead) return null;
  return toldOfLead.has(now.lead) ? { of: 'lead', state: now.lead } : null;
}
