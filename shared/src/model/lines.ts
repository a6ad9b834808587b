import type { TransitionTable } from './transitions.ts';

/** The private voice line between the desk and one hall's technician. */
export const lineStates = ['idle', 'ringing', 'open'] as const;

export type LineState = (typeof lineStates)[number];
export type LineEvent = 'ring' | 'answer' | 'hangUp';

export const lineTransitions: TransitionTable<LineState, LineEvent> = {
  idle: { ring: 'ringing' },
  ringing: { answer: 'open', hangUp: 'idle' },
  open: { hangUp: 'idle' },
};

/** Why the server hangs up: the page at that end is gone. */
export const lineLosses = ['deskGone', 'hallGone'] as const;

export type LineLoss = (typeof lineLosses)[number];

/** Who speaks on a line: the city's desk, or the hall. */
export type LineSide = 'desk' | 'hall';

/** How a call ended: who hung up, or whose page was gone. */
export type LineEnd = LineSide | LineLoss;

/** Of each hall's messages the newest stand on the boards; all are in the log. */
export const messageWindow = 50;
