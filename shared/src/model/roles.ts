/**
 * Who takes part in a dialogue. `screen` is a hall's projector, `system` the server itself (a lost
 * link holds a turn, for instance), `public` anybody without a session.
 */
export const roles = [
  'admin',
  'host',
  'secretary',
  'operator',
  'moderator',
  'participant',
  'screen',
  'encoder',
  'player',
  'officer',
  'supervisor',
  'system',
  'public',
] as const;

export type Role = (typeof roles)[number];

/** Roles that an admin gives to a staff account, each within one dialogue. */
export const memberRoles = ['host', 'secretary', 'operator', 'officer', 'supervisor'] as const;

export type MemberRole = (typeof memberRoles)[number];

/** What a bridge point's computer is paired as, by a code. */
export const pairedRoles = ['moderator', 'screen'] as const;

export type PairedRole = (typeof pairedRoles)[number];

/**
 * What a bridge point's devices are. Two have a token instead: an `encoder` sends its picture and
 * sound, a `player` shows the dialogue's programme in an overflow room.
 */
export const deviceRoles = [...pairedRoles, 'encoder', 'player'] as const;

export type DeviceRole = (typeof deviceRoles)[number];
