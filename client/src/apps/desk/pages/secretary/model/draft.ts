import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';

type Texts = Pick<DeskQuestionFact, 'wording' | 'field'>;

/** What was typed and not saved, and the question as it was when the typing began. */
export interface Draft extends Texts {
  base: Texts & { revision: number };
}

/** A draft of the question with this change. */
export function drafted(
  draft: Draft | undefined,
  question: Texts & { revision: number },
  change: Partial<Texts>,
): Draft {
  const { wording, field, revision } = question;
  return { wording, field, base: { wording, field, revision }, ...draft, ...change };
}

/** What saving the draft would change; `null` when nothing. */
export function changeOf(draft: Draft, question: Texts): Partial<Texts> | null {
  const wording = draft.wording.trim();
  const change = {
    ...(wording === '' || wording === question.wording ? {} : { wording }),
    ...(draft.field === question.field ? {} : { field: draft.field }),
  };
  return Object.keys(change).length > 0 ? change : null;
}

/** Whether somebody changed meanwhile the very thing that the draft changes. */
export function conflicts(draft: Draft, question: Texts & { revision: number }): boolean {
  if (draft.base.revision === question.revision) return false;
  const { base } = draft;
  const wording = draft.wording.trim();
  return (
    (question.wording !== base.wording &&
      wording !== base.wording &&
      wording !== question.wording) ||
    (question.field !== base.field && draft.field !== base.field && draft.field !== question.field)
  );
}

/** The draft on top of the question as it is now: what it does not change itself is taken over. */
export function rebased(draft: Draft, question: Texts & { revision: number }): Draft {
  const { wording, field, revision } = question;
  return {
    wording: draft.wording.trim() === draft.base.wording ? wording : draft.wording,
    field: draft.field === draft.base.field ? field : draft.field,
    base: { wording, field, revision },
  };
}
