import type { HandFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import type { WaitingCommand } from '../../../../core/connection/waiting-command.ts';
import { handsWith, questionsWith } from './hall-questions.ts';
import { question } from './hall-question.fixture.ts';

let queuedAt = 1_000;

function waits<Name extends WaitingCommand['name']>(name: Name, payload: object): WaitingCommand {
  queuedAt += 1;
  return { commandId: `command ${queuedAt}`, name, payload, queuedAt } as WaitingCommand;
}

const hand = (id: string, position: number): HandFact => ({
  id,
  name: null,
  raisedAt: position,
  position,
  place: position,
});
const asked = (questionId: string, rest: object = {}) =>
  waits('question.ask', {
    questionId,
    bridgePointId: 'here',
    text: 'as said',
    field: 'Y tế',
    nameVisibility: 'hall',
    onBehalfOf: { name: 'Bà Lan' },
    ...rest,
  });

describe('questions with what waits', () => {
  it('stand as they are when nothing waits', () => {
    expect(questionsWith([question('a')], [])).toEqual([{ ...question('a'), unsent: false }]);
  });

  it.each([
    [
      waits('question.edit', { questionId: 'a', wording: 'better' }),
      { wording: 'better', field: null },
    ],
    [
      waits('question.edit', { questionId: 'a', field: 'Y tế' }),
      { wording: 'wording a', field: 'Y tế' },
    ],
    [waits('question.forward', { questionId: 'a' }), { state: 'forwarded' }],
    [
      waits('question.return', { questionId: 'a', reason: 'why' }),
      { state: 'returned', returnReason: 'why', returnedBy: 'bridgePoint' },
    ],
    [
      waits('question.edit', { questionId: 'a', urgency: 'urgent' }),
      { urgency: 'urgent', revision: 1 },
    ],
    [waits('question.recall', { questionId: 'a' }), { state: 'asked', forwardedAt: null }],
    [
      waits('question.unreturn', { questionId: 'a' }),
      { state: 'asked', returnReason: null, returnedBy: null },
    ],
    [
      waits('question.bulk', { questionIds: ['a'], action: { name: 'forward' } }),
      { state: 'forwarded' },
    ],
  ])('are after %o', (command, expected) => {
    const [changed] = questionsWith([question('a')], [command]);
    expect(changed).toMatchObject({ ...expected, original: 'original a', unsent: true });
  });

  it('include one written here, worded and forwarded, before the city has heard of it', () => {
    const [written] = questionsWith(
      [],
      [
        asked('new'),
        waits('question.edit', { questionId: 'new', wording: 'short' }),
        waits('question.forward', { questionId: 'new' }),
      ],
    );
    expect(written).toMatchObject({
      original: 'as said',
      wording: 'short',
      field: 'Y tế',
      asker: 'Bà Lan',
      channel: 'onBehalf',
      state: 'forwarded',
      unsent: true,
    });
  });

  it('do not fall back when the fact came before its answer', () => {
    const fact = question('new', { state: 'accepted', place: 2 });
    expect(questionsWith([fact], [asked('new')])).toEqual([{ ...fact, unsent: true }]);
  });

  it('are a part of another one, which then counts their askers, and stand alone again', () => {
    const facts = [question('a', { supporters: 2 }), question('b')];
    const merged = waits('question.merge', { questionId: 'a', intoQuestionId: 'b' });
    expect(questionsWith(facts, [merged])).toMatchObject([
      { state: 'merged', lead: { id: 'b', wording: 'wording b' }, unsent: true },
      { mergedIds: ['a'], supporters: 3, unsent: false },
    ]);
    const apart = waits('question.unmerge', { questionId: 'a' });
    expect(questionsWith(facts, [merged, apart])).toMatchObject([
      { state: 'asked', lead: null },
      { mergedIds: [], supporters: 0 },
    ]);
  });

  it('leave alone what is not theirs', () => {
    const other = waits('question.edit', { questionId: 'gone', wording: 'x' });
    const count = waits('attendance.report', { bridgePointId: 'here', headcount: 3 });
    expect(questionsWith([question('a')], [other, count])).toHaveLength(1);
  });
});

describe('hands with what waits', () => {
  const ids = (waiting: WaitingCommand[]) =>
    handsWith([hand('b', 2), hand('a', 1)], waiting).map(({ id }) => id);

  it.each([
    [[], ['a', 'b']],
    [[waits('hand.raise', { handId: 'c', bridgePointId: 'here' })], ['a', 'b', 'c']],
    [[waits('hand.raise', { handId: 'a', bridgePointId: 'here' })], ['a', 'b']],
    [[waits('hand.lower', { handId: 'a' })], ['b']],
    [[asked('q', { handId: 'b' })], ['a']],
  ])('after %o are %o', (waiting, expected) => {
    expect(ids(waiting)).toEqual(expected);
  });
});
