import {
  allPairingCodesBody,
  joinBody,
  joinCode,
  type JoinedBody,
  pairBody,
  type PairedBody,
  pairingCodeBody,
} from '@nhip-cau/shared/protocol/http';
import type { JoiningService } from '../../../dialogue/people/joining.ts';
import type { PairingService } from '../../../dialogue/people/pairing.ts';
import type { SessionService } from '../../../dialogue/people/sessions.ts';
import { Refusal } from '../../../dialogue/kernel/refusal.ts';
import { tokenOf } from '../cookies.ts';
import { route, type Route, type RouteContext } from '../route.ts';

/** A whole hall comes in at once, behind one address. */
const joinLimit = { points: 600, seconds: 60 };
/** Many a mistyped code may come from behind one mobile operator's address. */
const joinGuesses = { points: 1_000, seconds: 600 };

/** How a hall's computer and the people in its chairs come in. */
export function hallRoutes(
  pairing: PairingService,
  joining: JoiningService,
  sessions: SessionService,
): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/pairing-codes',
      action: 'pairing.issue',
      body: pairingCodeBody,
      // A code for a screen is the hall's own affair, one for a moderator the dialogue's.
      object: ({ body: { bridgePointId, deviceRole } }) =>
        deviceRole === 'screen' ? { bridgePointId } : {},
      handle: ({ dialogue, body }) =>
        pairing.issue(dialogue(), body.bridgePointId, body.deviceRole),
    }),
    route({
      method: 'post',
      path: '/api/dialogues/:dialogueId/pairing-codes/all',
      action: 'pairing.issue',
      body: allPairingCodesBody,
      handle: ({ dialogue, body }) => pairing.issueAll(dialogue(), body.deviceRole),
    }),
    route({
      method: 'post',
      path: '/api/pair',
      action: 'public',
      body: pairBody,
      limit: { points: 30, seconds: 60, key: ({ request }) => request.ip ?? '' },
      guesses: { points: 100, seconds: 600 },
      async handle({ body, grant }): Promise<PairedBody> {
        const subject = await pairing.redeem(body.code);
        const { principal } = await grant(subject);
        const { dialogueId, bridgePointId, deviceRole: role } = subject;
        return { principal, dialogueId, bridgePointId, role };
      },
    }),
    route({
      method: 'get',
      path: '/api/join/:code',
      action: 'public',
      limit: { ...joinLimit, key: (context) => `${context.request.ip} ${codeIn(context)}` },
      guesses: joinGuesses,
      handle: (context) => joining.invitation(codeIn(context)),
    }),
    route({
      method: 'post',
      path: '/api/join',
      action: 'public',
      body: joinBody,
      limit: { ...joinLimit, keyInBody: ({ request, body }) => `${request.ip} ${body.code}` },
      guesses: joinGuesses,
      handle: (context) => join(context),
    }),
  ];

  async function join({
    request,
    body,
    grant,
  }: RouteContext<{ code: string; name?: string | null; personId: string }>): Promise<JoinedBody> {
    const { dialogueId } = await joining.invitation(body.code);
    const present = await presentPerson(request.headers.cookie, dialogueId);
    if (present) return present;
    const { person } = await joining.join(body.code, body.personId, body.name ?? null);
    const { id: personId, bridgePointId, name } = person;
    const { principal } = await grant({ kind: 'person', dialogueId, bridgePointId, personId });
    return { principal, dialogueId, bridgePointId, personId, name, already: false };
  }

  /** The participant that this browser is already in that dialogue. */
  async function presentPerson(
    cookieHeader: string | undefined,
    dialogueId: string,
  ): Promise<JoinedBody | null> {
    const principal = `person:${dialogueId}` as const;
    const token = tokenOf(principal, cookieHeader);
    const session = token === null ? null : await sessions.find(principal, token);
    if (session?.subject.kind !== 'person') return null;
    const { bridgePointId, personId } = session.subject;
    const name = session.displayName;
    return { principal, dialogueId, bridgePointId, personId, name, already: true };
  }
}

/** The join code of the path. Throws `code_unknown`. */
function codeIn({ param }: Pick<RouteContext, 'param'>): string {
  const code = joinCode.safeParse(param('code'));
  if (!code.success) throw new Refusal('code_unknown');
  return code.data;
}
