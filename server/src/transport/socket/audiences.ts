import {
  type Audience,
  bridgePointAudience,
  hallAudience,
  personAudience,
  screenAudience,
} from '@nhip-cau/shared/model/audience';
import type { Action, ActionObject } from '@nhip-cau/shared/model/permissions';
import { type Actor, may } from '../../dialogue/kernel/actor.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';

/** The audiences that the permission table lets this actor belong to. */
export function audiencesOf(actor: Actor, state: DialogueState): Audience[] {
  const dialogueId = state.id;
  const candidates: [Audience, Action, ActionObject][] = [
    ['everyone', 'audience.everyone', { dialogueId }],
    ['desk', 'audience.desk', { dialogueId }],
    ['host', 'audience.host', { dialogueId }],
  ];
  if (actor.kind === 'device') {
    const { bridgePointId } = actor;
    candidates.push([
      bridgePointAudience(bridgePointId),
      'audience.bridgePoint',
      { dialogueId, bridgePointId },
    ]);
    candidates.push([
      screenAudience(bridgePointId),
      'audience.screen',
      { dialogueId, bridgePointId },
    ]);
  }
  if (actor.kind === 'person') {
    const { personId, bridgePointId } = actor;
    candidates.push([personAudience(personId), 'audience.person', { dialogueId, personId }]);
    candidates.push([hallAudience(bridgePointId), 'audience.hall', { dialogueId, bridgePointId }]);
  }
  return candidates
    .filter(([, action, object]) => may(actor, action, object, state))
    .map(([audience]) => audience);
}

/** The Socket.IO room of an audience. */
export function roomOf(dialogueId: string, audience: Audience): string {
  return `${dialogueId} ${audience}`;
}
