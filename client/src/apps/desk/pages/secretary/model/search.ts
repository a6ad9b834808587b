import { fold } from '@nhip-cau/shared/model/text';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';

export interface Filter {
  /** As typed: its words may stand anywhere, with or without diacritics. */
  text: string;
  /** A field's name, `''` for questions without one, `null` for all. */
  field: string | null;
}

export const noFilter: Filter = { text: '', field: null };

// A changed question is a new fact, so what was folded of an object stays true.
const folded = new WeakMap<DeskQuestionFact, string>();

function haystack(question: DeskQuestionFact): string {
  const known = folded.get(question);
  if (known !== undefined) return known;
  const { wording, original, bridgePointName, district, field, asker } = question;
  const made = [wording, original, bridgePointName, district, field, asker]
    .map((text) => fold(text ?? ''))
    .join('\n');
  folded.set(question, made);
  return made;
}

/** The questions that a filter lets through, in their order; the list itself when it lets all. */
export function filterQuestions(
  questions: readonly DeskQuestionFact[],
  { text, field }: Filter,
): readonly DeskQuestionFact[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (words.length === 0 && field === null) return questions;
  return questions.filter(
    (question) =>
      (field === null || (question.field ?? '') === field) &&
      words.every((word) => haystack(question).includes(word)),
  );
}
