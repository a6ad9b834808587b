import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import type { AttendeeFact, BridgePointFact } from '@nhip-cau/shared/protocol/facts';
import type { HallQuestion } from './hall-questions.ts';

export type AnyCommand = {
  [Name in CommandName]: { name: Name; payload: CommandPayload<Name> };
}[CommandName];

/** What the hall's page shows at one moment, the waiting commands already in it. */
export interface HallView {
  question(id: string): HallQuestion | undefined;
  attendee(id: string): AttendeeFact | undefined;
  hasHand(id: string): boolean;
  bridgePoint: BridgePointFact | null;
}

/** The way back as things are now: `null` when something else has happened since. */
export type WayBack = (now: HallView) => AnyCommand | null;

type WaysBack = {
  [Name in CommandName]?: (
    payload: CommandPayload<Name>,
    before: HallView,
    /** What the log gives as the reason where one is asked for. */
    reason: string,
  ) => WayBack | null;
};

const waysBack: WaysBack = {
  'question.forward':
    ({ questionId }) =>
    (now) =>
      now.question(questionId)?.state === 'forwarded'
        ? { name: 'question.recall', payload: { questionId } }
        : null,
  'question.recall':
    ({ questionId }) =>
    (now) =>
      now.question(questionId)?.state === 'asked'
        ? { name: 'question.forward', payload: { questionId } }
        : null,
  'question.return':
    ({ questionId }) =>
    (now) => {
      const question = now.question(questionId);
      return question?.state === 'returned' && question.returnedBy === 'bridgePoint'
        ? { name: 'question.unreturn', payload: { questionId } }
        : null;
    },
  'question.unreturn': ({ questionId }, before) => {
    const reason = before.question(questionId)?.returnReason;
    if (!reason) return null;
    return (now) =>
      now.question(questionId)?.state === 'asked'
        ? { name: 'question.return', payload: { questionId, reason } }
        : null;
  },
  'question.merge':
    ({ questionId }) =>
    (now) =>
      now.question(questionId)?.state === 'merged'
        ? { name: 'question.unmerge', payload: { questionId } }
        : null,
  'question.unmerge': ({ questionId }, before) => {
    const intoQuestionId = before.question(questionId)?.lead?.id;
    if (!intoQuestionId) return null;
    return (now) =>
      now.question(questionId)?.state === 'asked'
        ? { name: 'question.merge', payload: { questionId, intoQuestionId } }
        : null;
  },
  'question.edit': ({ questionId, wording, field, urgency }, before) => {
    const question = before.question(questionId);
    if (!question) return null;
    const old = {
      ...(wording === undefined ? {} : { wording: question.wording }),
      ...(field === undefined ? {} : { field: question.field }),
      ...(urgency === undefined ? {} : { urgency: question.urgency }),
    };
    return (now) => {
      const state = now.question(questionId)?.state;
      return state === 'asked' || state === 'returned'
        ? { name: 'question.edit', payload: { questionId, ...old } }
        : null;
    };
  },
  'hand.raise':
    ({ handId }) =>
    (now) =>
      now.hasHand(handId) ? { name: 'hand.lower', payload: { handId } } : null,
  'attendance.report': ({ bridgePointId, headcount }, before, reason) => {
    const earlier = before.bridgePoint?.headcount;
    if (earlier === null || earlier === undefined) return null;
    return (now) =>
      now.bridgePoint?.headcount === headcount
        ? { name: 'attendance.report', payload: { bridgePointId, headcount: earlier, reason } }
        : null;
  },
  'attendance.checkIn': ({ attendeeId }, before, reason) => {
    const known = before.attendee(attendeeId);
    return (now) => {
      if (now.attendee(attendeeId)?.leftAt !== null) return null;
      if (!known) return { name: 'attendance.remove', payload: { attendeeId, reason } };
      const { joinedAt, leftAt } = known;
      return { name: 'attendance.correct', payload: { attendeeId, joinedAt, leftAt, reason } };
    };
  },
  'attendance.checkOut':
    ({ attendeeId }, _before, reason) =>
    (now) =>
      typeof now.attendee(attendeeId)?.leftAt === 'number'
        ? { name: 'attendance.correct', payload: { attendeeId, leftAt: null, reason } }
        : null,
  'attendance.correct': ({ attendeeId, reason: _, ...change }, before, reason) => {
    const known = before.attendee(attendeeId);
    if (!known) return null;
    const old = Object.fromEntries(
      (Object.keys(change) as (keyof typeof change)[]).map((key) => [key, known[key]]),
    );
    return (now) =>
      now.attendee(attendeeId)
        ? { name: 'attendance.correct', payload: { attendeeId, ...old, reason } }
        : null;
  },
};

/** How to take back a command given as things were `before` it; `null` when nothing does. */
export function wayBack<Name extends CommandName>(
  name: Name,
  payload: CommandPayload<Name>,
  before: HallView,
  reason: string,
): WayBack | null {
  return waysBack[name]?.(payload, before, reason) ?? null;
}
