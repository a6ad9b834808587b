import type { Principal } from '@nhip-cau/shared/protocol/socket';
import { principal as principalSchema } from '@nhip-cau/shared/protocol/socket';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Authenticated, Proof, SessionService } from '../../dialogue/people/sessions.ts';

/** The server's own record decides how long a session holds; the cookie only has to outlast it. */
const maxAgeSeconds = 400 * 24 * 3_600;
const prefix = 'nc_';
/** More than one browser holds, and few enough to be looked for at once. */
const maxSessions = 20;

/** One cookie a principal, so that one browser can hold several sessions at once. */
const cookieName = (principal: Principal) => prefix + principal.replace(':', '_');

/**
 * `SameSite=Strict` is enough although links arrive from outside: our pages are the same for
 * everybody, and what they fetch afterwards is a request of our own site.
 */
export function sessionCookie(principal: Principal, token: string, secure: boolean): string {
  return stringifySetCookie({
    name: cookieName(principal),
    value: token,
    httpOnly: true,
    sameSite: 'strict',
    secure,
    path: '/',
    maxAge: token === '' ? 0 : maxAgeSeconds,
  });
}

/** The token that a `Cookie` header has for that principal. */
export function tokenOf(principal: Principal, cookieHeader: string | undefined): string | null {
  return parseCookie(cookieHeader ?? '')[cookieName(principal)] ?? null;
}

/** Every principal that a `Cookie` header names, with its token; the first 20 of them. */
export function tokensIn(cookieHeader: string | undefined): Proof[] {
  return Object.entries(parseCookie(cookieHeader ?? ''))
    .flatMap(([name, token]) => {
      if (!name.startsWith(prefix) || token === undefined) return [];
      const principal = asPrincipal(name.slice(prefix.length).replace('_', ':'));
      return principal === null ? [] : [{ principal, token }];
    })
    .slice(0, maxSessions);
}

export function asPrincipal(text: string): Principal | null {
  return principalSchema.safeParse(text).success ? (text as Principal) : null;
}

/** Tells the socket gateway who stands behind a cookie. */
export function cookieAuthenticator(
  sessions: Pick<SessionService, 'authenticate' | 'isRevoked' | 'refresh'>,
) {
  return {
    refresh: (sessionIds: readonly string[]) => sessions.refresh(sessionIds),
    isRevoked: (sessionId: string) => sessions.isRevoked(sessionId),

    async authenticate(
      name: string,
      cookieHeader: string | undefined,
    ): Promise<Authenticated | null> {
      const principal = asPrincipal(name);
      const token = principal && tokenOf(principal, cookieHeader);
      return principal && token ? sessions.authenticate(principal, token) : null;
    },
  };
}
