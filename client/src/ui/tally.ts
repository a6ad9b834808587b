import type { IconName } from './icons/paths.ts';

export const tallyStates = ['standby', 'onDeck', 'onAir', 'held', 'offline'] as const;

/** What a hall's microphone and camera are right now; the same on every page. */
export type TallyState = (typeof tallyStates)[number];

/** States that a badge can show: a tally, or the quiet `done` of a question. */
export type BadgeState = TallyState | 'done';

export const badgeIcons: Record<BadgeState, IconName> = {
  standby: 'circle',
  onDeck: 'clock',
  onAir: 'dot',
  held: 'unlink',
  offline: 'plug',
  done: 'check',
};
