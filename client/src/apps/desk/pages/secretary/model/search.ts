import type { QuestionChannel, QuestionState, Urgency } from '@nhip-cau/shared/model/questions';
import { fold } from '@nhip-cau/shared/model/text';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { isStale } from './history.ts';

/** `recent`: not yet ten minutes; `stale`: nobody has touched it for long; `hour`: over an hour. */
export const ageChoices = ['recent', 'stale', 'hour'] as const;

export type AgeChoice = (typeof ageChoices)[number];

/** `null` lets all through. */
export interface Filter {
  /** As typed: its words may stand anywhere, with or without diacritics. */
  text: string;
  /** A field's name, `''` for questions without one. */
  field: string | null;
  district: string | null;
  channel: QuestionChannel | null;
  state: QuestionState | null;
  urgency: Urgency | null;
  age: AgeChoice | null;
}

export const noFilter: Filter = {
  text: '',
  field: null,
  district: null,
  channel: null,
  state: null,
  urgency: null,
  age: null,
};

/** Now in epoch ms, and after how many minutes an untouched question is stale. */
export interface Clock {
  now: number;
  staleMinutes: number;
}

const recentMs = 600_000;
const hourMs = 3_600_000;

// A changed question is a new fact, so what was folded of an object stays true.
const folded = new WeakMap<DeskQuestionFact, string>();

function haystack(question: DeskQuestionFact): string {
  const known = folded.get(question);
  if (known !== undefined) return known;
  const { wording, original, bridgePointName, district, field, asker, code } = question;
  const said = original === wording ? [wording] : [wording, original];
  const made = fold([...said, bridgePointName, district, field, asker, code].join('\n'));
  folded.set(question, made);
  return made;
}

/**
 * Folds questions ahead of the first search, for at most `budgetMs`; returns from where to go on,
 * the end when all are done.
 */
export function warm(
  questions: readonly DeskQuestionFact[],
  from: number,
  budgetMs: number,
): number {
  const until = performance.now() + budgetMs;
  let next = from;
  while (next < questions.length && performance.now() < until) {
    for (const end = Math.min(next + 20, questions.length); next < end; next += 1) {
      haystack(questions[next]!);
    }
  }
  return next;
}

/** Whether a filter narrows anything beside its words. */
export function narrows({ text: _, ...choices }: Filter): boolean {
  return Object.values(choices).some((choice) => choice !== null);
}

/**
 * Filters a list again whenever it or the filter has changed. A question is looked at once for each
 * filter, and not at all where it did not pass one that let through more.
 */
export class RepeatedFilter {
  private last: { filter: Filter; clock: Clock } | null = null;
  private passed = new WeakMap<DeskQuestionFact, boolean>();

  run(
    questions: readonly DeskQuestionFact[],
    filter: Filter,
    clock: Clock,
  ): readonly DeskQuestionFact[] {
    const passes = passesOf(filter, clock);
    if (passes === null) return questions;
    const before = this.passed;
    if (this.last?.filter !== filter || this.last.clock !== clock) {
      const narrower = this.last !== null && isNarrower(filter, clock, this.last);
      this.passed = new WeakMap();
      this.last = { filter, clock };
      return questions.filter((question) =>
        this.keep(question, !(narrower && before.get(question) === false) && passes(question)),
      );
    }
    return questions.filter(
      (question) => before.get(question) ?? this.keep(question, passes(question)),
    );
  }

  private keep(question: DeskQuestionFact, passed: boolean): boolean {
    this.passed.set(question, passed);
    return passed;
  }
}

/** Whether words were only added to, so that what did not pass before does not pass now. */
function isNarrower(
  filter: Filter,
  clock: Clock,
  before: { filter: Filter; clock: Clock },
): boolean {
  const { text, ...choices } = filter;
  const { text: textBefore, ...choicesBefore } = before.filter;
  return (
    clock === before.clock &&
    text.startsWith(textBefore) &&
    JSON.stringify(choices) === JSON.stringify(choicesBefore)
  );
}

/** The questions that a filter lets through, in their order; the list itself when it lets all. */
export function filterQuestions(
  questions: readonly DeskQuestionFact[],
  filter: Filter,
  clock: Clock,
): readonly DeskQuestionFact[] {
  const passes = passesOf(filter, clock);
  return passes === null ? questions : questions.filter(passes);
}

/** Whether a question passes; `null` where all do. */
function passesOf(filter: Filter, clock: Clock): ((question: DeskQuestionFact) => boolean) | null {
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  const chosen = narrows(filter);
  if (words.length === 0 && !chosen) return null;
  return (question) =>
    (!chosen || isChosen(question, filter, clock)) &&
    words.every((word) => haystack(question).includes(word));
}

function isChosen(question: DeskQuestionFact, filter: Filter, clock: Clock): boolean {
  const { field, district, channel, state, urgency, age } = filter;
  return (
    (field === null || (question.field ?? '') === field) &&
    (district === null || question.district === district) &&
    (channel === null || question.channel === channel) &&
    (state === null || question.state === state) &&
    (urgency === null || question.urgency === urgency) &&
    (age === null || isOfAge(question, age, clock))
  );
}

function isOfAge(question: DeskQuestionFact, age: AgeChoice, clock: Clock): boolean {
  const ageMs = clock.now - (question.forwardedAt ?? question.askedAt);
  switch (age) {
    case 'recent':
      return ageMs < recentMs;
    case 'hour':
      return ageMs >= hourMs;
    case 'stale':
      return isStale(question, clock);
  }
}
