import type { DeskQuestionFact, TurnFact } from '@nhip-cau/shared/protocol/facts';
import type { HistoryEntry } from '@nhip-cau/shared/protocol/http';

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

/**
 * Whether a question has waited `staleMinutes` for somebody at the city to touch it; `now` in epoch
 * ms.
 */
export function isStale(
  { state, forwardedAt }: Pick<DeskQuestionFact, 'state' | 'forwardedAt'>,
  { now, staleMinutes }: { now: number; staleMinutes: number },
): boolean {
  if (state !== 'forwarded' || forwardedAt === null) return false;
  return now - forwardedAt >= staleMinutes * minuteMs;
}

/** What the log's entries are called in words, as keys of `secretary.history.step`. */
const steps = {
  'question.asked': 'asked',
  'questions.imported': 'asked',
  'question.edited': 'edited',
  'question.forwarded': 'forwarded',
  'question.recalled': 'recalled',
  'question.returned': 'returned',
  'question.unreturned': 'unreturned',
  'question.accepted': 'accepted',
  'question.unaccepted': 'unaccepted',
  'question.moved': 'pinned',
  'question.pinned': 'pinned',
  'question.unpinned': 'unpinned',
  'question.merged': 'merged',
  'question.unmerged': 'unmerged',
  'question.noted': 'noted',
  'question.unnoted': 'unnoted',
  'question.briefed': 'briefed',
  'question.withdrawn': 'withdrawn',
  'question.disposed': 'disposed',
  'question.undisposed': 'undisposed',
  'turn.prepared': 'prepared',
  'turn.opened': 'called',
  'turn.released': 'released',
  'turn.called': 'called',
  'turn.held': 'held',
  'turn.resumed': 'resumed',
  'turn.extended': 'extended',
  'turn.ended': 'ended',
} as const;

export type HistoryStepName = (typeof steps)[keyof typeof steps] | 'tookIn' | 'unbriefed';

/** What an entry says of the question, `null` for a kind that this page does not know. */
export function stepOf(
  { type, payload }: Pick<HistoryEntry, 'type' | 'payload'>,
  questionId: string,
): HistoryStepName | null {
  if (type === 'question.merged' && payload['intoQuestionId'] === questionId) return 'tookIn';
  if (type === 'question.briefed' && payload['brief'] === null) return 'unbriefed';
  return Object.hasOwn(steps, type) ? steps[type as keyof typeof steps] : null;
}

/** The words that an entry brought: a reason, a wording, a note. */
export function detailOf({ type, payload }: Pick<HistoryEntry, 'type' | 'payload'>): string | null {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  switch (type) {
    case 'question.edited':
      return text(payload['wording']) ?? text(payload['field']);
    case 'question.returned':
    case 'question.pinned':
      return text(payload['reason']);
    case 'question.noted':
      return text(payload['text']);
    case 'question.briefed':
      return text((payload['brief'] as { agency?: unknown } | null)?.agency);
    default:
      return null;
  }
}
