import { encoderBody, type EncoderBody } from '@nhip-cau/shared/protocol/http';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import type { SessionService } from '../../../dialogue/people/sessions.ts';
import { route, type Route } from '../route.ts';

/** Tokens for encoders that publish a bridge point; each is a session, and taken back like one. */
export function encoderRoutes(sessions: SessionService): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/encoders',
      action: 'pairing.issue',
      body: encoderBody,
      async handle({ dialogue, body: { bridgePointId }, request }): Promise<EncoderBody> {
        const state = dialogue();
        if (!state.bridgePoints.has(bridgePointId)) {
          throw new Refusal('not_found', { kind: 'bridgePoint' });
        }
        if (state.dialogue?.state === 'ended') throw new Refusal('dialogue_not_open');
        const subject = {
          kind: 'device',
          dialogueId: state.id,
          bridgePointId,
          deviceRole: 'encoder',
        } as const;
        const { token } = await sessions.create(subject, request.get('user-agent') ?? '');
        return { path: `/whip/${bridgePointId}`, token };
      },
    }),
  ];
}
