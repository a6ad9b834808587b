import type { Role } from './roles.ts';

/**
 * What ties somebody to the object of an action. `any`: nothing is needed. `member`: their role is
 * in this very dialogue. `bridgePoint`: the object belongs to their own hall. `self`: it is theirs.
 */
export type Relation = 'any' | 'member' | 'bridgePoint' | 'self';

type Grants = Partial<Record<Role, Relation>>;

/**
 * The one permission table: `action → role → relation`. Commands are actions under their own names.
 * Whatever is not here is not allowed.
 */
export const permissions = {
  // the platform
  'account.manage': { admin: 'any' },
  'session.list': { admin: 'any' },
  'session.revoke': { admin: 'any' },

  // preparing
  'dialogue.create': { admin: 'any' },
  'dialogue.configure': { admin: 'any', secretary: 'member' },
  'dialogue.open': { admin: 'any', secretary: 'member' },
  'member.assign': { admin: 'any' },
  'member.remove': { admin: 'any' },
  'bridgePoint.import': { admin: 'any', secretary: 'member' },
  'bridgePoint.update': { admin: 'any', secretary: 'member', operator: 'member' },
  // A moderator's: codes for its hall's screens, and none that would outlast its own session.
  'pairing.issue': {
    admin: 'any',
    secretary: 'member',
    operator: 'member',
    moderator: 'bridgePoint',
  },
  'dialogueSession.list': { admin: 'any', secretary: 'member', operator: 'member' },
  'dialogueSession.revoke': { admin: 'any', secretary: 'member', operator: 'member' },

  // running it
  'dialogue.start': { secretary: 'member', host: 'member' },
  'dialogue.pause': { secretary: 'member', host: 'member' },
  'dialogue.resume': { secretary: 'member', host: 'member' },
  'dialogue.end': { secretary: 'member' },

  // questions
  'participant.join': { system: 'any' },
  'question.ask': { participant: 'self', moderator: 'bridgePoint', secretary: 'member' },
  'question.receive': { system: 'any' },
  'question.import': { secretary: 'member' },
  'question.edit': { moderator: 'bridgePoint', secretary: 'member' },
  'question.forward': { moderator: 'bridgePoint' },
  'question.return': { moderator: 'bridgePoint', secretary: 'member' },
  'question.accept': { secretary: 'member' },
  'question.recall': { moderator: 'bridgePoint' },
  'question.unaccept': { secretary: 'member' },
  'question.unreturn': { moderator: 'bridgePoint', secretary: 'member' },
  'question.move': { secretary: 'member' },
  'question.unpin': { secretary: 'member' },
  'question.merge': { moderator: 'bridgePoint', secretary: 'member' },
  'question.unmerge': { moderator: 'bridgePoint', secretary: 'member' },
  /** Each part of it is asked of the table again, under its own name. */
  'question.bulk': { moderator: 'bridgePoint', secretary: 'member' },
  'question.similar': { secretary: 'member', moderator: 'bridgePoint' },
  'question.history': { admin: 'any', secretary: 'member', host: 'member' },
  'question.note': { secretary: 'member' },
  'question.unnote': { secretary: 'member' },
  'question.brief': { secretary: 'member' },
  'question.support': { participant: 'self' },
  'question.unsupport': { participant: 'self' },
  'question.withdraw': { participant: 'self' },
  'question.dispose': { host: 'member', secretary: 'member' },
  'question.undispose': { host: 'member', secretary: 'member' },
  // Pictures and documents of a question: whoever may ask may send one.
  'attachment.upload': { participant: 'self', moderator: 'bridgePoint', secretary: 'member' },
  'attachment.read': {
    admin: 'any',
    host: 'member',
    secretary: 'member',
    operator: 'member',
    moderator: 'bridgePoint',
    participant: 'self',
  },
  'push.subscribe': { participant: 'self' },
  'hand.raise': { participant: 'self', moderator: 'bridgePoint' },
  'hand.lower': { participant: 'self', moderator: 'bridgePoint', secretary: 'member' },

  // the floor
  'floor.prepare': { secretary: 'member', host: 'member' },
  'floor.release': { secretary: 'member', host: 'member' },
  'floor.call': { secretary: 'member', host: 'member' },
  'floor.callHand': { secretary: 'member', host: 'member' },
  'floor.reply': { secretary: 'member', host: 'member' },
  'floor.hostTurn': { secretary: 'member', host: 'member' },
  'floor.extend': { secretary: 'member', host: 'member' },
  'floor.end': { system: 'any', secretary: 'member', host: 'member', moderator: 'bridgePoint' },
  'floor.hold': { system: 'any', secretary: 'member', host: 'member' },
  'floor.resume': { secretary: 'member', host: 'member', moderator: 'bridgePoint' },

  // Slides and screens. A moderator's: its own hall's screen, while the hall has the floor.
  'presentation.addDeck': { secretary: 'member', host: 'member' },
  'presentation.removeDeck': { secretary: 'member', host: 'member' },
  'presentation.showDeck': { secretary: 'member', host: 'member' },
  'presentation.showScreen': { secretary: 'member', host: 'member', moderator: 'bridgePoint' },
  'presentation.end': { secretary: 'member', host: 'member', moderator: 'bridgePoint' },
  'presentation.drop': { system: 'any' },

  'transcript.add': { secretary: 'member' },
  'transcript.hear': { system: 'any' },
  'transcript.edit': { secretary: 'member' },
  'transcript.attribute': { secretary: 'member' },
  'transcript.split': { secretary: 'member' },
  'transcript.merge': { secretary: 'member' },
  'transcript.remove': { secretary: 'member' },
  'transcript.restore': { secretary: 'member' },
  'transcript.replace': { secretary: 'member' },
  'transcript.redact': { secretary: 'member' },
  'transcript.unredact': { secretary: 'member' },
  'transcript.finish': { secretary: 'member' },
  'transcript.reopen': { secretary: 'member' },
  'transcript.certify': { secretary: 'member', host: 'member' },
  'transcript.supersede': { secretary: 'member', host: 'member' },
  'transcript.vocabulary': { secretary: 'member' },
  'transcript.mute': { secretary: 'member', operator: 'member' },
  'transcript.history': { admin: 'any', secretary: 'member' },
  // The sound itself, with what is masked or taken out of the text: whoever may have the recording
  // hears it there too, and who certifies a text must be able to hear it.
  'transcript.listen': { admin: 'any', host: 'member', secretary: 'member', supervisor: 'member' },
  // Across dialogues; in each as much as its record shows.
  'transcript.search': { admin: 'any', host: 'member', secretary: 'member', supervisor: 'member' },
  'attendance.report': { moderator: 'bridgePoint', secretary: 'member' },
  'attendance.list': { moderator: 'bridgePoint', secretary: 'member' },
  'attendance.checkIn': { moderator: 'bridgePoint' },
  'attendance.checkOut': { moderator: 'bridgePoint' },
  'attendance.correct': { moderator: 'bridgePoint', secretary: 'member' },
  'attendance.remove': { moderator: 'bridgePoint', secretary: 'member' },
  'attendance.read': {
    admin: 'any',
    host: 'member',
    secretary: 'member',
    operator: 'member',
    supervisor: 'member',
    moderator: 'bridgePoint',
  },

  // the technicians
  'health.report': { moderator: 'bridgePoint', screen: 'bridgePoint' },
  'rehearsal.report': { moderator: 'bridgePoint' },
  'rehearsal.read': { admin: 'any', secretary: 'member', operator: 'member' },
  'rollCall.mark': { secretary: 'member', operator: 'member' },
  'line.say': { moderator: 'bridgePoint', secretary: 'member', operator: 'member' },
  'line.ring': { moderator: 'bridgePoint', secretary: 'member', operator: 'member' },
  'line.answer': { moderator: 'bridgePoint', secretary: 'member', operator: 'member' },
  'line.hangUp': { moderator: 'bridgePoint', secretary: 'member', operator: 'member' },
  'line.drop': { system: 'any' },
  'equipment.ask': { secretary: 'member', operator: 'member' },

  // watching
  'audience.everyone': {
    admin: 'any',
    host: 'member',
    secretary: 'member',
    operator: 'member',
    officer: 'member',
    supervisor: 'member',
    moderator: 'member',
    screen: 'member',
    participant: 'member',
  },
  'audience.desk': { admin: 'any', secretary: 'member', operator: 'member' },
  'audience.host': { host: 'member' },
  'audience.bridgePoint': { moderator: 'bridgePoint' },
  'audience.hall': { participant: 'bridgePoint' },
  'audience.screen': { screen: 'bridgePoint' },
  'audience.person': { participant: 'self' },
  'fairness.read': { admin: 'any', host: 'member', secretary: 'member', supervisor: 'member' },
  'briefing.read': { secretary: 'member', host: 'member' },
  'record.read': { admin: 'any', host: 'member', secretary: 'member', supervisor: 'member' },

  // recording
  'recording.start': { secretary: 'member', operator: 'member' },
  'recording.stop': { system: 'any', secretary: 'member', operator: 'member' },
  'recording.list': {
    admin: 'any',
    host: 'member',
    secretary: 'member',
    operator: 'member',
    supervisor: 'member',
  },
  'recording.cut': { admin: 'any', secretary: 'member', operator: 'member' },
  // The files themselves: whoever may read the record.
  'recording.read': { admin: 'any', host: 'member', secretary: 'member', supervisor: 'member' },
  'broadcast.start': { secretary: 'member', operator: 'member' },
  'broadcast.stop': { system: 'any', secretary: 'member', operator: 'member' },

  // media
  'media.publish': { moderator: 'bridgePoint', host: 'member', encoder: 'bridgePoint' },
  /** The programme, on a screen that is none of its pages. */
  'media.play': { player: 'member' },
  /** A screen or document; staff present in the name of the central bridge point. */
  'media.present': { moderator: 'bridgePoint', host: 'member', secretary: 'member' },
  /** Any hall's picture, whatever the stage shows. */
  'media.watch': { operator: 'member', secretary: 'member' },
  'media.receive': {
    host: 'member',
    secretary: 'member',
    operator: 'member',
    moderator: 'member',
    screen: 'member',
  },
} as const satisfies Record<string, Grants>;

export type Action = keyof typeof permissions;

/** Somebody's roles, and what they are tied to. */
export interface Holder {
  /** Roles that hold everywhere (`admin`) and, by dialogue, those given there. */
  readonly platformRoles: readonly Role[];
  readonly dialogueId: string | null;
  readonly dialogueRoles: readonly Role[];
  readonly bridgePointId: string | null;
  readonly personId: string | null;
}

/** What an action is done to; what is absent ties nobody to it. */
export interface ActionObject {
  readonly dialogueId?: string | null;
  readonly bridgePointId?: string | null;
  readonly personId?: string | null;
}

/** The role by which `holder` may do `action` to `object`, or `null` when they may not. */
export function grantedRole(holder: Holder, action: Action, object: ActionObject): Role | null {
  const grants: Grants = permissions[action];
  for (const role of holder.platformRoles) {
    if (grants[role] === 'any') return role;
  }
  const sameDialogue = holder.dialogueId !== null && holder.dialogueId === object.dialogueId;
  for (const role of holder.dialogueRoles) {
    const relation = grants[role];
    if (relation === undefined) continue;
    if (relation === 'any') return role;
    if (!sameDialogue) continue;
    if (relation === 'member') return role;
    if (relation === 'bridgePoint' && same(holder.bridgePointId, object.bridgePointId)) return role;
    if (relation === 'self' && same(holder.personId, object.personId)) return role;
  }
  return null;
}

function same(mine: string | null, its: string | null | undefined): boolean {
  return mine !== null && mine === its;
}
