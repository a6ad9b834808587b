import type { QuestionState } from '@nhip-cau/shared/model/questions';
import { dialogueTransitions } from '@nhip-cau/shared/model/session';
import type { DialogueState } from '@nhip-cau/shared/model/session';
import { allows } from '@nhip-cau/shared/model/transitions';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { expect, it } from 'vitest';
import { question } from '../../../live/question.fixture.ts';
import { allowedFor, canLead, sessionSteps } from './allowed.ts';

const disposition = { kind: 'answeredHere' } as const;

function names(
  state: QuestionState,
  dialogue: DialogueState,
  changes: Partial<DeskQuestionFact> = {},
): string {
  const allowed = allowedFor(question({ state, ...changes }), dialogue);
  return Object.entries(allowed)
    .filter(([, may]) => may)
    .map(([name]) => name)
    .join(' ');
}

it.each<[QuestionState, DialogueState, string]>([
  ['asked', 'live', 'note'],
  ['forwarded', 'live', 'accept return edit merge dispose note'],
  ['accepted', 'draft', 'unaccept return edit move merge dispose note'],
  ['accepted', 'open', 'unaccept return edit move merge prepare dispose note'],
  ['accepted', 'live', 'unaccept return edit move merge prepare call dispose note'],
  ['accepted', 'paused', 'unaccept return edit move merge prepare dispose note'],
  ['accepted', 'ended', 'dispose'],
  ['onDeck', 'live', 'release call note'],
  ['onDeck', 'paused', 'release note'],
  ['onAir', 'live', 'dispose note'],
  ['heard', 'ended', 'dispose'],
  ['returned', 'live', 'note'],
  ['withdrawn', 'live', 'note'],
  ['merged', 'live', 'unmerge note'],
])('a question that is %s in a dialogue that is %s: %s', (state, dialogue, may) => {
  expect(names(state, dialogue)).toBe(may);
});

it.each<[string, Partial<DeskQuestionFact>, string]>([
  ['disposed of on air', { state: 'onAir', disposition }, 'dispose undispose note'],
  ['disposed of', { state: 'disposed', disposition }, 'dispose undispose note'],
  ['returned by the city', { state: 'returned', returnedBy: 'city' }, 'unreturn note'],
  ['merged by its hall', { state: 'merged', forwardedAt: null }, 'note'],
])('one that is %s: %s', (_case, changes, may) => {
  expect(names('accepted', 'live', changes)).toBe(may);
});

it('gives back to the rule only what a person moved', () => {
  const pin = { due: 1, seq: 1, by: null, reason: null };
  expect(allowedFor(question({ pin }), 'live').unpin).toBe(true);
});

it.each<[QuestionState, boolean]>([
  ['asked', false],
  ['forwarded', true],
  ['accepted', true],
  ['onAir', true],
  ['disposed', true],
  ['returned', false],
  ['merged', false],
  ['withdrawn', false],
])('takes others in when it is %s: %s', (state, can) => {
  expect(canLead(question({ state }))).toBe(can);
});

it('offers every step of the dialogue that the table allows, and no other', () => {
  for (const [state, steps] of Object.entries(sessionSteps) as [DialogueState, string[]][]) {
    const possible = (['open', 'start', 'resume', 'pause', 'end'] as const).filter((event) =>
      allows(dialogueTransitions, state, event),
    );
    expect([...steps].sort()).toEqual([...possible].sort());
  }
});
