import { type Action, type ActionObject, grantedRole } from '@nhip-cau/shared/model/permissions';
import type { DeviceRole, Role } from '@nhip-cau/shared/model/roles';
import { Refusal } from './refusal.ts';
import type { DialogueState } from './state.ts';

/** Whoever sends a command, as their session proves it. */
export type Actor =
  | { kind: 'staff'; accountId: string; displayName: string; isAdmin: boolean; sessionId: string }
  | {
      kind: 'device';
      dialogueId: string;
      bridgePointId: string;
      role: DeviceRole;
      sessionId: string;
    }
  | {
      kind: 'person';
      dialogueId: string;
      personId: string;
      bridgePointId: string;
      sessionId: string;
    }
  | { kind: 'system' };

/** The actor as the log keeps it: enough to say who did it, for as long as the record stands. */
export interface LoggedActor {
  kind: Actor['kind'];
  role: Role;
  id: string | null;
  name: string | null;
}

export const system: Actor = { kind: 'system' };

/** A stable name of the actor, to tell a retry from somebody else's command of the same number. */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case 'staff':
      return `staff:${actor.accountId}`;
    case 'device':
      return `device:${actor.bridgePointId}`;
    case 'person':
      return `person:${actor.personId}`;
    case 'system':
      return 'system';
  }
}

/** The role by which the actor may do this here. Throws `not_allowed`. */
export function authorise(
  actor: Actor,
  action: Action,
  object: ActionObject,
  state: DialogueState | null,
): Role {
  const role = roleFor(actor, action, object, state);
  if (role === null) throw new Refusal('not_allowed', { action });
  return role;
}

/** Whether `authorise` would let them. */
export function may(
  actor: Actor,
  action: Action,
  object: ActionObject,
  state: DialogueState | null,
): boolean {
  return roleFor(actor, action, object, state) !== null;
}

function roleFor(
  actor: Actor,
  action: Action,
  object: ActionObject,
  state: DialogueState | null,
): Role | null {
  return grantedRole(
    {
      platformRoles: actor.kind === 'system' ? ['system'] : isAdmin(actor) ? ['admin'] : [],
      dialogueId: actor.kind === 'staff' ? (state?.id ?? null) : dialogueOf(actor),
      dialogueRoles: rolesOf(actor, state),
      bridgePointId: 'bridgePointId' in actor ? actor.bridgePointId : null,
      personId: actor.kind === 'person' ? actor.personId : null,
    },
    action,
    object,
  );
}

/** Roles the actor holds within this dialogue. */
export function rolesOf(actor: Actor, state: DialogueState | null): Role[] {
  switch (actor.kind) {
    case 'staff':
      return state === null
        ? []
        : [...state.members.values()]
            .filter((member) => member.accountId === actor.accountId)
            .map((member) => member.role);
    case 'device':
      return [actor.role];
    case 'person':
      return ['participant'];
    case 'system':
      return ['system'];
  }
}

/** The name by which others know the actor; a hall's computer and the server have none. */
export const nameOf = (actor: Actor): string | null =>
  actor.kind === 'staff' ? actor.displayName : null;

export function logged(actor: Actor, role: Role): LoggedActor {
  switch (actor.kind) {
    case 'staff':
      return { kind: 'staff', role, id: actor.accountId, name: actor.displayName };
    case 'device':
      return { kind: 'device', role, id: actor.bridgePointId, name: null };
    case 'person':
      return { kind: 'person', role, id: actor.personId, name: null };
    case 'system':
      return { kind: 'system', role, id: null, name: null };
  }
}

function isAdmin(actor: Actor): boolean {
  return actor.kind === 'staff' && actor.isAdmin;
}

function dialogueOf(actor: Actor): string | null {
  return 'dialogueId' in actor ? actor.dialogueId : null;
}
