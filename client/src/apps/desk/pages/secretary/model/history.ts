import type { DeskQuestionFact, TurnFact } from '@nhip-cau/shared/protocol/facts';

export type Moment = 'asked' | 'forwarded' | 'accepted' | 'prepared' | 'called' | 'ended';

/** A question's past as moments (epoch ms) in the order in which they came. */
export function historyOf(
  question: Pick<DeskQuestionFact, 'askedAt' | 'forwardedAt' | 'acceptedAt'>,
  turn: Pick<TurnFact, 'preparedAt' | 'calledAt' | 'endedAt'> | undefined,
): { moment: Moment; at: number }[] {
  const moments: [Moment, number | null | undefined][] = [
    ['asked', question.askedAt],
    ['forwarded', question.forwardedAt],
    ['accepted', question.acceptedAt],
    ['prepared', turn?.preparedAt],
    ['called', turn?.calledAt],
    ['ended', turn?.endedAt],
  ];
  return moments
    .flatMap(([moment, at]) => (at === null || at === undefined ? [] : [{ moment, at }]))
    .sort((a, b) => a.at - b.at);
}

export type Age = { unit: 'now' | 'minutes' | 'hours' | 'days'; count: number };

const minuteMs = 60_000;

/** How long ago `at` was, in the largest unit that is full; both in epoch ms. */
export function ageOf(at: number, now: number): Age {
  const minutes = Math.floor(Math.max(0, now - at) / minuteMs);
  if (minutes < 1) return { unit: 'now', count: 0 };
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? { unit: 'hours', count: hours }
    : { unit: 'days', count: Math.floor(hours / 24) };
}
