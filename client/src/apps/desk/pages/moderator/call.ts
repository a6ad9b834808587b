import type { BannerKind } from './banner.ts';

/** How near the hall's turn is, in rising order. */
export const callLevels = ['none', 'onDeck', 'next', 'called'] as const;

export type CallLevel = (typeof callLevels)[number];

/** `null`: with the line gone nothing is known, and what was called stays called. */
const levels: Record<BannerKind, CallLevel | null> = {
  revoked: 'none',
  offlineMayBeOpen: null,
  offline: null,
  connecting: null,
  onAir: 'called',
  onAirCentral: 'none',
  replaced: null,
  ended: 'none',
  held: 'called',
  interrupted: 'called',
  turnPaused: 'called',
  calledNotSending: 'called',
  blind: 'called',
  muted: 'called',
  opening: 'called',
  onDeckNext: 'next',
  onDeckBehind: 'onDeck',
  onDeckNotSending: 'onDeck',
  notStarted: 'none',
  paused: 'none',
  queued: 'none',
  standby: 'none',
};

/** The level after the banner says so. */
export function callLevel(kind: BannerKind, before: CallLevel): CallLevel {
  return levels[kind] ?? before;
}

/**
 * Whether people must be called now: only when the turn has come nearer. A turn that is put back,
 * or over, calls nobody.
 */
export function callsFor(before: CallLevel, now: CallLevel): CallLevel | null {
  return callLevels.indexOf(now) > callLevels.indexOf(before) ? now : null;
}
