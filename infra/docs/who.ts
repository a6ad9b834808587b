import { type Action, permissions, type Relation } from '@nhip-cau/shared/model/permissions';

const words: Readonly<Record<Relation, string>> = {
  any: '',
  member: ' (of the dialogue)',
  bridgePoint: ' (of the hall)',
  self: ' (their own)',
};

/**
 * Who may do this, in words, from the permission table. `ties`: what the object of the action can
 * tie somebody to; a grant by anything else never holds there.
 */
export function whoMay(
  action: Action,
  ties: readonly Relation[] = ['any', 'member', 'bridgePoint', 'self'],
): string {
  return Object.entries(permissions[action])
    .filter(([, relation]) => ties.includes(relation))
    .map(([role, relation]) => `${role}${words[relation]}`)
    .join(', ');
}
