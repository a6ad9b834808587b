import type { TransitionTable } from './transitions.ts';

/**
 * A dialogue's life. `draft`: being prepared, nobody can join. `open`: halls pair, people join and
 * ask. `live`: the leader is on air. `paused`: the floor is closed for a while. `ended`: the record
 * stands, nothing changes but the dispositions that are still owed.
 */
export const dialogueStates = ['draft', 'open', 'live', 'paused', 'ended'] as const;

export type DialogueState = (typeof dialogueStates)[number];
export type DialogueEvent = 'open' | 'start' | 'pause' | 'resume' | 'end';

export const dialogueTransitions: TransitionTable<DialogueState, DialogueEvent> = {
  draft: { open: 'open' },
  open: { start: 'live' },
  live: { pause: 'paused', end: 'ended' },
  paused: { resume: 'live', end: 'ended' },
  ended: {},
};

/** Whether a name is asked of participants: always, if they like, or never. */
export const namePolicies = ['required', 'optional', 'none'] as const;

export type NamePolicy = (typeof namePolicies)[number];

/** The fields of `brief`: a start, editable for each dialogue. */
export const defaultFields = [
  'Đất đai',
  'Môi trường',
  'An ninh trật tự',
  'An sinh xã hội',
  'Nông thôn mới',
  'Xây dựng Đảng',
  'Y tế',
  'Giáo dục',
  'Khác',
] as const;
