import type { MemberRole } from '@nhip-cau/shared/model/roles';
import type { DialogueState } from '@nhip-cau/shared/model/session';

export type NextAction =
  | 'host'
  | 'queue'
  | 'wall'
  | 'recording'
  | 'steno'
  | 'transcript'
  | 'setup'
  | 'record'
  | 'attendance'
  | 'briefing'
  | 'fairness';

const underWay: readonly DialogueState[] = ['open', 'live', 'paused'];
const preparing: readonly (MemberRole | 'admin')[] = ['admin', 'secretary', 'operator'];
const readers: readonly (MemberRole | 'admin')[] = ['admin', 'host', 'secretary', 'supervisor'];

/** Whether somebody may search what was said: in some dialogue they read the record. */
export function maySearch(dialogues: readonly { roles: readonly MemberRole[] }[]): boolean {
  return dialogues.some(({ roles }) => roles.some((role) => readers.includes(role)));
}

/**
 * What somebody can do in a dialogue, the most pressing first. The stage comes before the desk for
 * who holds both: a leader must never look for it.
 */
export function nextActions(
  state: DialogueState,
  roles: readonly MemberRole[],
  isAdmin: boolean,
): NextAction[] {
  const held: (MemberRole | 'admin')[] = isAdmin ? [...roles, 'admin'] : [...roles];
  const holds = (wanted: readonly (MemberRole | 'admin')[]) =>
    held.some((role) => wanted.includes(role));
  const actions: NextAction[] = [];
  if (underWay.includes(state) && holds(['host'])) actions.push('host');
  // What was never called is still owed a disposition after the end.
  if (underWay.includes(state) && holds(['secretary'])) actions.push('queue');
  if (underWay.includes(state) && holds(['operator', 'secretary'])) actions.push('wall');
  if (underWay.includes(state) && holds(['operator', 'secretary'])) actions.push('recording');
  if (underWay.includes(state) && holds(['secretary'])) actions.push('steno');
  if (['live', 'paused'].includes(state) && holds(['secretary'])) actions.push('transcript');
  if (underWay.includes(state) && holds(['host', 'secretary'])) actions.push('briefing');
  // Afterwards the record leads there.
  if (underWay.includes(state) && holds(['supervisor'])) actions.push('fairness');
  if (state === 'ended' && holds(readers)) actions.push('record');
  if (state === 'ended' && holds(['secretary'])) actions.push('transcript', 'queue');
  if (state !== 'draft' && holds(preparing)) actions.push('attendance');
  if (state !== 'ended' && holds(preparing)) actions.push('setup');
  return actions;
}
