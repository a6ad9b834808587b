import type { HallQuestionFact, HandFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import type { WaitingCommand } from '../../../../core/connection/waiting-command.ts';
import { bestPlace, doable, handsWith, questionsWith, sections } from './hall-questions.ts';

let queuedAt = 1_000;

function waits<Name extends WaitingCommand['name']>(name: Name, payload: object): WaitingCommand {
  queuedAt += 1;
  return { commandId: `command ${queuedAt}`, name, payload, queuedAt } as WaitingCommand;
}

function question(id: string, rest: Partial<HallQuestionFact> = {}): HallQuestionFact {
  return {
    id,
    channel: 'phone',
    original: `original ${id}`,
    wording: `wording ${id}`,
    field: null,
    state: 'asked',
    asker: null,
    urgency: 'normal',
    code: null,
    forwardedAt: null,
    revision: 0,
    supporters: 0,
    mergedIds: [],
    lead: null,
    attachmentIds: [],
    askedAt: 1,
    place: null,
    returnReason: null,
    returnedBy: null,
    disposition: null,
    turnId: null,
    ...rest,
  };
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

it('are grouped by what they need, in the order of need', () => {
  const all = questionsWith(
    [
      question('late', { askedAt: 9 }),
      question('early', { askedAt: 2 }),
      question('back', { state: 'returned', returnedBy: 'city', askedAt: 8 }),
      question('refused', { state: 'returned', returnedBy: 'bridgePoint', askedAt: 3 }),
      question('sent', { state: 'forwarded' }),
      question('fifth', { state: 'accepted', place: 5 }),
      question('third', { state: 'accepted', place: 3 }),
      question('deck', { state: 'onDeck' }),
      question('done', { state: 'disposed', askedAt: 4 }),
    ],
    [],
  );
  const { open, city, closed } = sections(all);
  expect(open.map(({ id }) => id)).toEqual(['back', 'early', 'late']);
  expect(city.map(({ id }) => id)).toEqual(['deck', 'third', 'fifth', 'sent']);
  expect(closed.map(({ id }) => id)).toEqual(['done', 'refused']);
  expect(bestPlace(all)).toBe(3);
  expect(bestPlace(open)).toBe(null);
});

it.each([
  ['asked', { edit: true, forward: true, return: true }],
  ['returned', { edit: true, forward: true, return: false }],
  ['forwarded', { edit: true, forward: false, return: true }],
  ['onAir', { edit: false, forward: false, return: false }],
] as const)('a question that is %s can be %o', (state, expected) => {
  const [given] = questionsWith([question('a', { state })], []);
  expect(doable(given!, false)).toEqual(expected);
  expect(Object.values(doable(given!, true))).toEqual([false, false, false]);
});
