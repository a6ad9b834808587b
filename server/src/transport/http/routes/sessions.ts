import type { SessionService } from '../../../dialogue/people/sessions.ts';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import { requireId, route, type Route } from '../route.ts';

/** Who is signed in where, and the end of it. */
export function sessionRoutes(sessions: SessionService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/sessions',
      action: 'session.list',
      handle: () => sessions.list(null),
    }),
    route({
      method: 'delete',
      path: '/api/sessions/:sessionId',
      action: 'session.revoke',
      async handle({ param }) {
        await requireOne(
          sessions.revoke({ sessionId: requireId(param('sessionId')), voidsCodes: true }),
        );
        return {};
      },
    }),
    route({
      method: 'get',
      path: '/api/dialogues/:dialogueId/sessions',
      action: 'dialogueSession.list',
      handle: ({ dialogue }) => sessions.list(dialogue().id),
    }),
    route({
      method: 'delete',
      path: '/api/dialogues/:dialogueId/sessions/:sessionId',
      action: 'dialogueSession.revoke',
      async handle({ param, dialogue }) {
        const sessionId = requireId(param('sessionId'));
        await requireOne(
          sessions.revoke({ sessionId, dialogueId: dialogue().id, voidsCodes: true }),
        );
        return {};
      },
    }),
  ];
}

async function requireOne(revoking: Promise<number>): Promise<void> {
  if ((await revoking) === 0) throw new Refusal('not_found', { kind: 'session' });
}
