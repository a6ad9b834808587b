import type { Me } from '@nhip-cau/shared/protocol/http';
import { id } from '@nhip-cau/shared/protocol/scalars';
import { type Principal, principalHeader } from '@nhip-cau/shared/protocol/socket';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { type Actor, authorise } from '../../dialogue/kernel/actor.ts';
import type { DialogueEngine } from '../../dialogue/kernel/engine.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import {
  actorOf,
  type LiveSession,
  meOf,
  principalOf,
  type SessionService,
  type SessionSubject,
} from '../../dialogue/people/sessions.ts';
import { asPrincipal, sessionCookie, tokenOf } from './cookies.ts';
import type { NodeRateLimits } from './limits.ts';
import { isOwnOrigin } from './origins.ts';
import { Download, type Route, type RouteContext } from './route.ts';
import { UploadSlots } from './upload-slots.ts';

export interface RouteServices {
  publicUrl: string | undefined;
  engine: Pick<DialogueEngine, 'read'>;
  sessions: SessionService;
  limits: NodeRateLimits;
}

const maxJsonBytes = 64 * 1024;
const readJson = express.json({ limit: maxJsonBytes });
/** Strangers, of whom a whole office may have one address. */
const publicSlots = { each: 3, all: 16 };
/** Sessions: strangers that fill their slots leave these alone. */
const knownSlots = { each: 3, all: 64 };

/** One request from origin to answer; errors go to the application's error handler. */
export function serveRoute(route: Route, services: RouteServices): RequestHandler {
  const readBody = bodyReader(route);
  const { limits } = services;
  const name = `${route.method} ${route.path}`;
  const slots = new UploadSlots(route.action === 'public' ? publicSlots : knownSlots);
  return async (request, response) => {
    if (route.method !== 'get') requireOwnOrigin(request, services.publicUrl);
    const session = await sessionOf(request, services.sessions);
    requireSession(route, session);
    const address = request.ip ?? '';
    const found: Found = { session, state: null };
    const context = contextOf(request, response, found, services);

    const answer = async () => {
      // With an object in the body the permission has to wait for it; bytes are never read unasked.
      const isInBody = route.object !== undefined && route.body !== undefined;
      if (!isInBody) authoriseRoute(route, context, found);
      route.before?.(context);
      const rest = async () => {
        context.body = (await readBody(request, response)) as never;
        if (isInBody) authoriseRoute(route, context, found);
        if (route.limit?.keyInBody) {
          await limits.take(`${name} each`, route.limit, route.limit.keyInBody(context));
        }
        return route.handle(context);
      };
      return route.uploadBytes === undefined ? rest() : slots.hold(session?.id ?? address, rest);
    };

    if (route.guesses) await limits.requireLeft(`${name} guesses`, route.guesses, address);
    try {
      // Before anything is looked for or read that a stranger could ask for without end.
      if (route.limit?.key) {
        await limits.take(`${name} each`, route.limit, route.limit.key(context));
      }
      found.state = await dialogueOf(request, services.engine);
      send(response, await answer());
    } catch (error) {
      if (route.guesses && error instanceof Refusal && isWrongGuess(error)) {
        await limits.count(`${name} guesses`, route.guesses, address);
      }
      throw error;
    }
  };
}

/** What has been found out about a request so far. */
interface Found {
  session: LiveSession | null;
  state: DialogueState | null;
}

function requireOwnOrigin(request: Request, publicUrl: string | undefined): void {
  const { origin, host } = request.headers;
  if (origin === undefined || !isOwnOrigin(publicUrl, origin, host)) {
    throw new Refusal('origin_refused');
  }
}

async function sessionOf(request: Request, sessions: SessionService): Promise<LiveSession | null> {
  const named = request.get(principalHeader) ?? request.query['principal'];
  const principal = typeof named === 'string' ? asPrincipal(named) : null;
  const token = principal && tokenOf(principal, request.headers.cookie);
  return principal && token ? sessions.find(principal, token) : null;
}

function requireSession(route: Route, session: LiveSession | null): void {
  if (route.action === 'public') return;
  if (session === null) throw new Refusal('not_signed_in');
  if (session.mustChangePassword && !route.beforePasswordChange) {
    throw new Refusal('not_allowed', { reason: 'must_change_password' });
  }
}

async function dialogueOf(
  request: Request,
  engine: RouteServices['engine'],
): Promise<DialogueState | null> {
  const dialogueId = request.params['dialogueId'];
  if (dialogueId === undefined) return null;
  const isId = id.safeParse(dialogueId).success;
  const state = isId ? await engine.read(dialogueId as string) : null;
  if (state === null) throw new Refusal('not_found', { kind: 'dialogue' });
  return state;
}

function authoriseRoute(
  route: Route,
  context: RouteContext<never>,
  { session, state }: Found,
): void {
  if (route.action === 'public' || route.action === 'signedIn' || session === null) return;
  const object = { dialogueId: state?.id ?? null, ...route.object?.(context) };
  authorise(actorOf(session), route.action, object, state);
}

type BodyReader = (request: Request, response: Response) => Promise<unknown>;

function bodyReader({ body, uploadBytes }: Route): BodyReader {
  if (uploadBytes !== undefined) {
    const readBytes = express.raw({ type: () => true, limit: uploadBytes });
    return async (request, response) => {
      await run(readBytes, request, response);
      // Without a body there is nothing to read, and the parser leaves it undefined.
      request.body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    };
  }
  if (body === undefined) return () => Promise.resolve(undefined);
  return async (request, response) => {
    if (!request.is('json')) throw new Refusal('unsupported_type');
    await run(readJson, request, response);
    return body.parse(request.body);
  };
}

function run(middleware: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void middleware(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
}

function contextOf(
  request: Request,
  response: Response,
  found: Found,
  { sessions, publicUrl }: RouteServices,
): RouteContext<never> {
  const { session } = found;
  const secure = publicUrl?.startsWith('https:') ?? false;
  const setCookie = (principal: Principal, token: string) =>
    response.append('Set-Cookie', sessionCookie(principal, token, secure));
  const actor = (): Actor => {
    if (session === null) throw new Refusal('not_signed_in');
    return actorOf(session);
  };
  return {
    request,
    response,
    session,
    body: undefined as never,
    actor,
    param: (name) => String(request.params[name]),
    staff() {
      const who = actor();
      if (who.kind !== 'staff') throw new Refusal('not_allowed');
      return who;
    },
    dialogue() {
      if (found.state === null) throw new Refusal('not_found', { kind: 'dialogue' });
      return found.state;
    },
    async grant(subject): Promise<Me> {
      const principal = principalOf(subject);
      const held = tokenOf(principal, request.headers.cookie);
      const present = held === null ? null : await sessions.find(principal, held);
      if (present && serves(present.subject, subject)) return meOf(present);
      const { token } = await sessions.create(subject, request.get('user-agent') ?? '');
      setCookie(principal, token);
      const made = await sessions.find(principal, token);
      if (made === null) throw new Refusal('unavailable');
      return meOf(made);
    },
    forget: (principal) => setCookie(principal, ''),
  };
}

/** A hall's moderator may do all that its screen may: their one browser needs no second session. */
function serves(present: SessionSubject, wanted: SessionSubject): boolean {
  if (present.kind === 'device' && wanted.kind === 'device') {
    return present.deviceRole === 'moderator' || present.deviceRole === wanted.deviceRole;
  }
  if (present.kind === 'person' && wanted.kind === 'person') {
    return present.personId === wanted.personId;
  }
  return present.kind === 'staff';
}

const isWrongGuess = ({ code }: Refusal) => code === 'code_unknown' || code === 'wrong_credentials';

function send(response: Response, answer: unknown): void {
  if (response.headersSent || answer === undefined) return;
  if (answer instanceof Download) {
    response.set('Content-Disposition', `attachment; filename="${answer.name}"`);
    response.type(answer.type).send(answer.content);
  } else {
    response.json(answer);
  }
}
