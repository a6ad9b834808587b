import {
  changePasswordBody,
  type Me,
  type MeBody,
  signInBody,
} from '@nhip-cau/shared/protocol/http';
import type { AccountService } from '../../../dialogue/people/accounts.ts';
import { meOf, type SessionService } from '../../../dialogue/people/sessions.ts';
import { tokensIn } from '../cookies.ts';
import { route, type Route } from '../route.ts';

/** Signing in and out, and who this browser is. */
export function meRoutes(accounts: AccountService, sessions: SessionService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me',
      action: 'public',
      limit: { points: 3_000, seconds: 60, key: ({ request }) => request.ip ?? '' },
      async handle({ request, forget }): Promise<MeBody> {
        const proofs = tokensIn(request.headers.cookie);
        const principals: Me[] = [];
        for (const [index, session] of (await sessions.findAll(proofs)).entries()) {
          if (session === null) forget(proofs[index]!.principal);
          else principals.push(meOf(session));
        }
        return { principals };
      },
    }),
    route({
      method: 'post',
      path: '/api/sign-in',
      action: 'public',
      body: signInBody,
      limit: {
        points: 20,
        seconds: 60,
        keyInBody: ({ request, body }) => `${request.ip} ${body.username}`,
      },
      guesses: { points: 100, seconds: 600 },
      async handle({ body, grant }): Promise<Me> {
        const { id: accountId } = await accounts.signIn(body.username, body.password);
        return grant({ kind: 'staff', accountId });
      },
    }),
    route({
      method: 'post',
      path: '/api/sign-out',
      action: 'signedIn',
      beforePasswordChange: true,
      async handle({ session, forget }) {
        if (session) {
          await sessions.revoke({ sessionId: session.id });
          forget(meOf(session).principal);
        }
        return {};
      },
    }),
    route({
      method: 'post',
      path: '/api/password',
      action: 'signedIn',
      beforePasswordChange: true,
      body: changePasswordBody,
      limit: { points: 10, seconds: 60, key: ({ staff }) => staff().accountId },
      async handle({ body, staff }) {
        const { accountId, sessionId } = staff();
        await accounts.changePassword(accountId, sessionId, body.oldPassword, body.newPassword);
        return {};
      },
    }),
  ];
}
