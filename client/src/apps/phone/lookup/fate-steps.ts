import type { QuestionFateBody } from '@nhip-cau/shared/protocol/http';

export type FateStep = 'asked' | 'forwarded' | 'accepted' | 'called';

/** What happened to a question, and when, in that order. */
export function fateSteps({
  askedAt,
  forwardedAt,
  acceptedAt,
  calledAt,
}: QuestionFateBody): { step: FateStep; at: number }[] {
  const steps: { step: FateStep; at: number | null }[] = [
    { step: 'asked', at: askedAt },
    { step: 'forwarded', at: forwardedAt },
    { step: 'accepted', at: acceptedAt },
    { step: 'called', at: calledAt },
  ];
  return steps.flatMap(({ step, at }) => (at === null ? [] : [{ step, at }]));
}

/** Whether the city took it up and still has to say what becomes of it, now that it is over. */
export function isOwed({ dialogue, state, forwardedAt }: QuestionFateBody): boolean {
  const isOut = state === 'returned' || state === 'withdrawn' || state === 'merged';
  return dialogue.state === 'ended' && forwardedAt !== null && !isOut;
}
