import { allows } from '@nhip-cau/shared/model/transitions';
import { questionTransitions } from '@nhip-cau/shared/model/questions';
import type { QuestionState } from '@nhip-cau/shared/model/questions';
import type { OwnQuestionFact } from '@nhip-cau/shared/protocol/facts';
import type { WaitingCommand } from '../../../core/connection/waiting-command.ts';

/** A question of this phone: at the server, or still to be sent. */
export type OwnQuestion =
  | { kind: 'known'; id: string; at: number; fact: OwnQuestionFact }
  | { kind: 'waiting'; id: string; at: number; text: string };

/** All of them, newest first; one that is both waiting and known has arrived. */
export function ownQuestions(
  facts: ReadonlyMap<string, OwnQuestionFact>,
  waiting: readonly WaitingCommand[],
): OwnQuestion[] {
  const questions: OwnQuestion[] = [...facts.values()].map((fact) => ({
    kind: 'known',
    id: fact.id,
    at: fact.askedAt,
    fact,
  }));
  for (const command of waiting) {
    if (command.name !== 'question.ask' || facts.has(command.payload.questionId)) continue;
    const { questionId: id, text } = command.payload;
    questions.push({ kind: 'waiting', id, at: command.queuedAt, text });
  }
  return questions.sort((a, b) => b.at - a.at);
}

/** Whether the asker may still take it back. */
export function mayWithdraw(state: QuestionState): boolean {
  return allows(questionTransitions, state, 'withdraw');
}

/** How a question stands, for its badge. */
export type BadgeKind = 'quiet' | 'onDeck' | 'onAir' | 'done' | 'back';

const badges: Record<QuestionState, BadgeKind> = {
  asked: 'quiet',
  forwarded: 'quiet',
  accepted: 'quiet',
  onDeck: 'onDeck',
  onAir: 'onAir',
  heard: 'quiet',
  disposed: 'done',
  returned: 'back',
  withdrawn: 'quiet',
  merged: 'quiet',
};

export const badgeOf = (state: QuestionState): BadgeKind => badges[state];
