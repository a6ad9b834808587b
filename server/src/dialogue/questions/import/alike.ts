import type { AlikeHint } from '@nhip-cau/shared/protocol/question-import';
import { searchText } from '../similar/search-text.ts';
import { similarFrom } from '../similar/similar.ts';
import { AlikeTexts } from '../similar/trigrams.ts';
import type { ParsedQuestion } from './rows.ts';

/** A question that is there already. */
export interface KnownQuestion {
  id: string;
  wording: string;
}

export interface ReadQuestion extends ParsedQuestion {
  /** What it is most alike to; `null`: nothing. */
  alike: AlikeHint | null;
}

/** Beside each row what it is alike to: an earlier row, or a question that is there. */
export function findAlike(
  rows: readonly ParsedQuestion[],
  known: readonly KnownQuestion[],
): ReadQuestion[] {
  const texts = new AlikeTexts<Omit<AlikeHint, 'score'>>();
  for (const { id, wording } of known) {
    texts.add({ line: null, questionId: id, text: wording }, searchText(wording));
  }
  return rows.map((row) => {
    const text = searchText(row.text);
    const found = texts.nearest(text, similarFrom);
    texts.add({ line: row.line, questionId: null, text: row.text }, text);
    return { ...row, alike: found && { ...found.owner, score: found.score } };
  });
}
