import type { AttendeeFact, BridgePointFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { question } from './hall-question.fixture.ts';
import { questionsWith } from './hall-questions.ts';
import { wayBack } from './undo.ts';
import type { AnyCommand, HallView } from './undo.ts';

type Fact = Parameters<typeof question>[1];

const hoa: AttendeeFact = {
  id: 'p',
  name: 'Lê Thị Hoa',
  how: 'list',
  joinedAt: null,
  leftAt: null,
};

function view(fact: Fact = {}, attendee: AttendeeFact | undefined = hoa, headcount = 20): HallView {
  const [only] = questionsWith([question('a', fact)], []);
  return {
    question: (id) => (id === 'a' ? only : undefined),
    attendee: (id) => (id === 'p' ? attendee : undefined),
    hasHand: (id) => id === 'up',
    bridgePoint: { headcount } as BridgePointFact,
  };
}

function back({ name, payload }: AnyCommand, before: HallView, now: HallView) {
  return wayBack(name, payload, before, 'hoàn tác')?.(now) ?? null;
}

const a = { questionId: 'a' };
const lead = question('b');

describe('is taken back by', () => {
  it.each<[AnyCommand, HallView, HallView, AnyCommand]>([
    [
      { name: 'question.forward', payload: a },
      view(),
      view({ state: 'forwarded' }),
      { name: 'question.recall', payload: a },
    ],
    [
      { name: 'question.return', payload: { ...a, reason: 'x' } },
      view(),
      view({ state: 'returned', returnedBy: 'bridgePoint' }),
      { name: 'question.unreturn', payload: a },
    ],
    [
      { name: 'question.merge', payload: { ...a, intoQuestionId: 'b' } },
      view(),
      view({ state: 'merged' }),
      { name: 'question.unmerge', payload: a },
    ],
    [
      { name: 'question.unmerge', payload: a },
      view({ state: 'merged', lead: { ...lead, bridgePointName: '' } }),
      view(),
      { name: 'question.merge', payload: { ...a, intoQuestionId: 'b' } },
    ],
    [
      { name: 'question.edit', payload: { ...a, wording: 'new', urgency: 'urgent' } },
      view(),
      view({ wording: 'new', urgency: 'urgent' }),
      { name: 'question.edit', payload: { ...a, wording: 'wording a', urgency: 'normal' } },
    ],
    [
      { name: 'hand.raise', payload: { handId: 'up', bridgePointId: 'here' } },
      view(),
      view(),
      { name: 'hand.lower', payload: { handId: 'up' } },
    ],
    [
      { name: 'attendance.report', payload: { bridgePointId: 'here', headcount: 25 } },
      view(),
      view({}, hoa, 25),
      {
        name: 'attendance.report',
        payload: { bridgePointId: 'here', headcount: 20, reason: 'hoàn tác' },
      },
    ],
    [
      { name: 'attendance.checkIn', payload: { bridgePointId: 'here', attendeeId: 'p' } },
      view(),
      view({}, { ...hoa, joinedAt: 5 }),
      {
        name: 'attendance.correct',
        payload: { attendeeId: 'p', joinedAt: null, leftAt: null, reason: 'hoàn tác' },
      },
    ],
    [
      { name: 'attendance.checkOut', payload: { attendeeId: 'p' } },
      view({}, { ...hoa, joinedAt: 5 }),
      view({}, { ...hoa, joinedAt: 5, leftAt: 9 }),
      {
        name: 'attendance.correct',
        payload: { attendeeId: 'p', leftAt: null, reason: 'hoàn tác' },
      },
    ],
  ])('%o', (command, before, now, expected) => {
    expect(back(command, before, now)).toEqual(expected);
  });
});

describe('is not taken back', () => {
  it.each<[string, AnyCommand, HallView, HallView]>([
    [
      'once the city has acted',
      { name: 'question.forward', payload: a },
      view(),
      view({ state: 'accepted' }),
    ],
    [
      'once it has gone on',
      { name: 'question.edit', payload: { ...a, wording: 'new' } },
      view(),
      view({ state: 'forwarded' }),
    ],
    [
      'a first count',
      { name: 'attendance.report', payload: { bridgePointId: 'here', headcount: 25 } },
      { ...view(), bridgePoint: { headcount: null } as BridgePointFact },
      view({}, hoa, 25),
    ],
    [
      'a hand that is down',
      { name: 'hand.raise', payload: { handId: 'down', bridgePointId: 'here' } },
      view(),
      view(),
    ],
    ['a lowered hand', { name: 'hand.lower', payload: { handId: 'up' } }, view(), view()],
  ])('%s', (_, command, before, now) => {
    expect(back(command, before, now)).toBeNull();
  });
});
