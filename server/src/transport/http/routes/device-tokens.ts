import { deviceTokenBody, type DeviceTokenBody } from '@nhip-cau/shared/protocol/http';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import type { SessionService } from '../../../dialogue/people/sessions.ts';
import { route, type Route } from '../route.ts';

/** Tokens for a bridge point's encoder and players; each is a session, and taken back like one. */
export function deviceTokenRoutes(sessions: SessionService): Route[] {
  return [
    tokenRoute('/api/dialogues/:dialogueId/encoders', 'encoder', '/whip'),
    tokenRoute('/api/dialogues/:dialogueId/players', 'player', '/whep'),
  ];

  function tokenRoute(path: string, deviceRole: 'encoder' | 'player', endpoint: string): Route {
    return route({
      method: 'post',
      path,
      action: 'pairing.issue',
      body: deviceTokenBody,
      async handle({ dialogue, body: { bridgePointId }, request }): Promise<DeviceTokenBody> {
        const state = dialogue();
        if (!state.bridgePoints.has(bridgePointId)) {
          throw new Refusal('not_found', { kind: 'bridgePoint' });
        }
        if (state.dialogue?.state === 'ended') throw new Refusal('dialogue_not_open');
        const subject = {
          kind: 'device',
          dialogueId: state.id,
          bridgePointId,
          deviceRole,
        } as const;
        const { token } = await sessions.create(subject, request.get('user-agent') ?? '');
        return { path: `${endpoint}/${bridgePointId}`, token };
      },
    });
  }
}
