import { existing, bridgePointOf, type Handlers } from '../kernel/handler.ts';
import { Refusal } from '../kernel/refusal.ts';

export const peopleHandlers: Handlers<'member.assign' | 'member.remove' | 'participant.join'> = {
  'member.assign': {
    object: (state) => ({ dialogueId: existing(state).id }),
    decide(state, { accountId, role }, { newId }) {
      if (memberOf(state.members.values(), accountId, role)) {
        throw new Refusal('already_exists', { kind: 'member' });
      }
      return [{ type: 'member.assigned', payload: { memberId: newId(), accountId, role } }];
    },
  },
  'member.remove': {
    object: (state) => ({ dialogueId: existing(state).id }),
    decide(state, { accountId, role }) {
      const member = memberOf(state.members.values(), accountId, role);
      if (!member) throw new Refusal('not_found', { kind: 'member' });
      return [{ type: 'member.removed', payload: { memberId: member.id } }];
    },
  },
  'participant.join': {
    object: (state) => ({ dialogueId: existing(state).id }),
    decide(state, { personId, bridgePointId, name }) {
      const { namePolicy } = existing(state);
      bridgePointOf(state, bridgePointId);
      if (state.persons.has(personId)) throw new Refusal('already_exists', { kind: 'person' });
      if (namePolicy === 'required' && name === null) throw new Refusal('name_required');
      const kept = namePolicy === 'none' ? null : name;
      return [{ type: 'participant.joined', payload: { personId, bridgePointId, name: kept } }];
    },
  },
};

function memberOf<M extends { accountId: string; role: string }>(
  members: Iterable<M>,
  accountId: string,
  role: string,
): M | undefined {
  for (const member of members) {
    if (member.accountId === accountId && member.role === role) return member;
  }
  return undefined;
}
