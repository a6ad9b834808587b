import type { QuestionState } from '@nhip-cau/shared/model/questions';
import { dialogueTransitions } from '@nhip-cau/shared/model/session';
import type { DialogueState } from '@nhip-cau/shared/model/session';
import { allows } from '@nhip-cau/shared/model/transitions';
import { expect, it } from 'vitest';
import { allowedFor, sessionSteps } from './allowed.ts';

function names(state: QuestionState, dialogue: DialogueState, disposed = false): string {
  const allowed = allowedFor({ state, disposition: disposed ? {} : null }, dialogue);
  return Object.entries(allowed)
    .filter(([, may]) => may)
    .map(([name]) => name)
    .join(' ');
}

it.each<[QuestionState, DialogueState, string]>([
  ['asked', 'live', ''],
  ['forwarded', 'live', 'accept return edit dispose'],
  ['accepted', 'draft', 'return edit move dispose'],
  ['accepted', 'open', 'return edit move prepare dispose'],
  ['accepted', 'live', 'return edit move prepare call dispose'],
  ['accepted', 'paused', 'return edit move prepare dispose'],
  ['accepted', 'ended', 'dispose'],
  ['onDeck', 'live', 'release call'],
  ['onDeck', 'paused', 'release'],
  ['onAir', 'live', 'dispose'],
  ['heard', 'ended', 'dispose'],
  ['returned', 'live', ''],
  ['withdrawn', 'live', ''],
])('a question that is %s in a dialogue that is %s: %s', (state, dialogue, may) => {
  expect(names(state, dialogue)).toBe(may);
});

it.each<[QuestionState, string]>([
  ['onAir', 'dispose undispose'],
  ['disposed', 'dispose undispose'],
])('a disposed question that is %s: %s', (state, may) => {
  expect(names(state, 'live', true)).toBe(may);
});

it('offers every step of the dialogue that the table allows, and no other', () => {
  for (const [state, steps] of Object.entries(sessionSteps) as [DialogueState, string[]][]) {
    const possible = (['open', 'start', 'resume', 'pause', 'end'] as const).filter((event) =>
      allows(dialogueTransitions, state, event),
    );
    expect([...steps].sort()).toEqual([...possible].sort());
  }
});
