import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { DialogueState, Question } from '../kernel/state.ts';
import { intakeHandlers, maxOpenFormQuestions } from './intake.ts';

const hall = randomUUID();

function decide(standing: Pick<Question, 'channel' | 'state'>[]) {
  const state = {
    id: randomUUID(),
    dialogue: { rules: { publicForm: true }, namePolicy: 'optional', fields: [] },
    bridgePoints: new Map([[hall, { id: hall }]]),
    questions: new Map(standing.map((question, index) => [String(index), question])),
    questionsByAttachment: new Map(),
  } as unknown as DialogueState;
  const payload = {
    questionId: randomUUID(),
    bridgePointId: hall,
    text: 'Bao giờ có nước sạch?',
    field: null,
    asker: null,
    nameVisibility: 'none' as const,
  };
  return intakeHandlers['question.receive'].decide(state, payload, {
    newCode: () => 'CODE',
  } as never);
}

test('the form takes no more questions than people can deal with, until some are dealt with', () => {
  const standing = Array.from({ length: maxOpenFormQuestions }, () => ({
    channel: 'form' as const,
    state: 'forwarded' as const,
  }));
  expect(() => decide(standing)).toThrow('limit_reached');
  expect(decide([...standing.slice(1), { channel: 'form', state: 'returned' }])).toHaveLength(2);
  expect(decide([...standing.slice(1), { channel: 'letter', state: 'accepted' }])).toHaveLength(2);
});
