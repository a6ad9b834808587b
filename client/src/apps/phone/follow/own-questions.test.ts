import { questionStates } from '@nhip-cau/shared/model/questions';
import type { OwnQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import type { WaitingCommand } from '../../../core/connection/waiting-command.ts';
import { mayWithdraw, ownQuestions } from './own-questions.ts';

function fact(id: string, askedAt: number): OwnQuestionFact {
  return {
    id,
    original: `question ${id}`,
    wording: `question ${id}`,
    field: null,
    state: 'asked',
    code: null,
    supporters: 0,
    lead: null,
    attachmentIds: [],
    askedAt,
    place: null,
    returnReason: null,
    disposition: null,
  };
}

function waiting(questionId: string, queuedAt: number): WaitingCommand {
  return {
    commandId: `c-${questionId}`,
    name: 'question.ask',
    payload: {
      questionId,
      bridgePointId: 'b',
      text: `question ${questionId}`,
      field: null,
      nameVisibility: 'none',
    },
    queuedAt,
  };
}

describe('a phone’s own questions', () => {
  it.each([
    ['nothing', [], [], ''],
    ['newest first', [fact('a', 1), fact('b', 3)], [waiting('c', 2)], 'b:known c:waiting a:known'],
    ['arrived, not yet acknowledged', [fact('a', 1)], [waiting('a', 1)], 'a:known'],
  ] as const)('%s', (_, facts, commands, listed) => {
    const known = new Map(facts.map((one) => [one.id, one]));
    const questions = ownQuestions(known, commands);
    expect(questions.map(({ id, kind }) => `${id}:${kind}`).join(' ')).toBe(listed);
  });

  it('can be taken back until they are called', () => {
    expect(questionStates.filter(mayWithdraw)).toEqual([
      'asked',
      'forwarded',
      'accepted',
      'returned',
      'merged',
    ]);
  });
});
