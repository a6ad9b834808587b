import type { PeerQuestionFact, SupportFact } from '@nhip-cau/shared/protocol/facts';
import type { WaitingCommand } from '../../../core/connection/waiting-command.ts';

/** Whether this person stands behind a question, and by which number to take it back. */
export interface SupportView {
  supportId: string | null;
  /** Given on this phone, not yet at the server. */
  isWaiting: boolean;
}

/** As its owner left it: the newest thing given counts over what the server last said. */
export function supportView(
  questionId: string,
  supports: ReadonlyMap<string, SupportFact>,
  waiting: readonly WaitingCommand[],
): SupportView {
  const known = [...supports.values()].find((support) => support.questionId === questionId);
  let view: SupportView = { supportId: known?.id ?? null, isWaiting: false };
  for (const { name, payload } of waiting) {
    if (name === 'question.support' && payload.questionId === questionId) {
      view = { supportId: payload.supportId, isWaiting: payload.supportId !== known?.id };
    } else if (name === 'question.unsupport' && payload.supportId === view.supportId) {
      view = { supportId: null, isWaiting: known !== undefined };
    }
  }
  return view;
}

/** Supporters as they will be once what waits on this phone has arrived. */
export function supportersWith(
  { supporters }: PeerQuestionFact,
  { supportId, isWaiting }: SupportView,
): number {
  if (!isWaiting) return supporters;
  return Math.max(0, supportId === null ? supporters - 1 : supporters + 1);
}

/** Questions of others in the hall, most wanted first; those that are equal stay as they came. */
export function otherQuestions(
  peers: ReadonlyMap<string, PeerQuestionFact>,
  own: ReadonlyMap<string, unknown>,
): PeerQuestionFact[] {
  return [...peers.values()]
    .filter(({ id }) => !own.has(id))
    .sort((a, b) => b.supporters - a.supporters);
}
