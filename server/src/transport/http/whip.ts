import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { authorise } from '../../dialogue/kernel/actor.ts';
import type { DialogueEngine } from '../../dialogue/kernel/engine.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import { actorOf, type SessionService } from '../../dialogue/people/sessions.ts';
import { id } from '@nhip-cau/shared/protocol/scalars';
import type { RateLimits } from './limits.ts';
import { refusalOf } from './errors.ts';

/** What the doors for encoders need of the media. */
export interface OutsideDoor {
  open(
    publisher: { sessionId: string; dialogueId: string; bridgePointId: string },
    offer: string,
  ): Promise<{ id: string; etag: string; answer: string }>;
  publisherOf(id: string): { sessionId: string } | undefined;
  patch(
    id: string,
    ifMatch: string,
    fragment: string,
  ): Promise<
    | { kind: 'noted' }
    | { kind: 'restarted'; etag: string; fragment: string }
    | { kind: 'precondition' }
  >;
  close(id: string): void;
  /** Why an offer or fragment is not taken; `null` when the error is about something else. */
  objection(
    error: unknown,
  ): { code: 'malformed' | 'unusable' | 'forbidden'; message: string } | null;
}

export interface WhipOptions {
  engine: Pick<DialogueEngine, 'read'>;
  sessions: SessionService;
  limits: RateLimits;
  door: OutsideDoor;
  /** Told of the dialogue that an encoder comes to, as for a page. */
  onAdmitted: (state: DialogueState) => void;
  isLeaving: () => boolean;
}

const maxOfferBytes = 64 * 1024;
const sdp = 'application/sdp';
const sdpFragment = 'application/trickle-ice-sdpfrag';
/** Wrong tokens that one address may try. */
const guesses = { points: 100, seconds: 600 };

/** An answer that is no success, as RFC 9725 has it: a status and a line for whoever reads logs. */
class WhipRefusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'WhipRefusal';
    this.status = status;
    this.headers = headers;
  }
}

/**
 * WHIP (RFC 9725): `POST /whip/BRIDGE-POINT` with a token opens a session, whose address takes PATCH
 * (trickled candidates, ICE restart) and DELETE. Its action is `media.publish`. Any origin may ask:
 * a token proves everything and no cookie is looked at.
 */
export function whipRoutes(options: WhipOptions): Router {
  const { engine, sessions, limits, door } = options;
  const router = express.Router();
  const text = (type: string) =>
    express.text({ type, limit: maxOfferBytes, defaultCharset: 'utf-8' }) as RequestHandler;
  router.use('/whip', openToAll);

  router
    .route('/whip/:bridgePointId')
    .options((_request, response) => {
      response.set({ 'Accept-Post': sdp, Allow: 'POST, OPTIONS' }).status(204).end();
    })
    .post(text(sdp), answering(post))
    .all(notAllowed('POST, OPTIONS'));
  router
    .route('/whip/:bridgePointId/:whipSessionId')
    .options((_request, response) => {
      response.set({ 'Accept-Patch': sdpFragment, Allow: 'PATCH, DELETE, OPTIONS' });
      response.status(204).end();
    })
    .patch(text(sdpFragment), answering(patch))
    .delete(answering(remove))
    .all(notAllowed('PATCH, DELETE, OPTIONS'));
  router.use('/whip', answerError);
  return router;

  async function post(request: Request, response: Response): Promise<void> {
    if (options.isLeaving()) {
      throw new WhipRefusal(503, 'this server is about to end', { 'Retry-After': '1' });
    }
    const publisher = await publisherOf(request);
    const opened = await door.open(publisher, bodyOf(request, sdp));
    // While it was opened a revocation has found nothing to close.
    if (sessions.isRevoked(publisher.sessionId)) {
      door.close(opened.id);
      throw new WhipRefusal(401, 'no valid token', { 'WWW-Authenticate': 'Bearer' });
    }
    response
      .status(201)
      .set({
        Location: `/whip/${publisher.bridgePointId}/${opened.id}`,
        ETag: opened.etag,
        'Accept-Patch': sdpFragment,
      })
      .type(sdp)
      .send(opened.answer);
  }

  async function patch(request: Request, response: Response): Promise<void> {
    const whipSessionId = await sessionOf(request);
    const fragment = bodyOf(request, sdpFragment);
    const ifMatch = request.get('if-match');
    if (ifMatch === undefined) throw new WhipRefusal(428, 'If-Match is missing');
    const answer = await door.patch(whipSessionId, ifMatch, fragment);
    if (answer.kind === 'precondition') throw new WhipRefusal(412, 'another ICE session');
    if (answer.kind === 'noted') return void response.status(204).end();
    response.status(200).set('ETag', answer.etag).type(sdpFragment).send(answer.fragment);
  }

  async function remove(request: Request, response: Response): Promise<void> {
    door.close(await sessionOf(request));
    response.status(200).end();
  }

  /** The open session of the path, of the same token that opened it. */
  async function sessionOf(request: Request): Promise<string> {
    const { sessionId } = await publisherOf(request);
    const whipSessionId = String(request.params['whipSessionId']);
    if (door.publisherOf(whipSessionId)?.sessionId !== sessionId) {
      throw new WhipRefusal(404, 'no such session');
    }
    return whipSessionId;
  }

  async function publisherOf(request: Request) {
    const bridgePointId = String(request.params['bridgePointId']);
    const token = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const isId = id.safeParse(bridgePointId).success;
    const session = token && isId ? await sessions.find(`device:${bridgePointId}`, token) : null;
    if (session?.subject.kind !== 'device' || session.subject.deviceRole !== 'encoder') {
      // Only wrong ones are counted: behind one address stand many encoders.
      limits.take(guesses, request.ip ?? '');
      throw new WhipRefusal(401, 'no valid token', { 'WWW-Authenticate': 'Bearer' });
    }
    const { dialogueId } = session.subject;
    const state = await engine.read(dialogueId);
    if (!state?.dialogue || state.dialogue.state === 'ended') {
      throw new WhipRefusal(409, 'the dialogue is over');
    }
    authorise(actorOf(session), 'media.publish', { dialogueId, bridgePointId }, state);
    options.onAdmitted(state);
    return { sessionId: session.id, dialogueId, bridgePointId };
  }

  function answerError(
    error: unknown,
    _request: Request,
    response: Response,
    next: (error: unknown) => void,
  ): void {
    const refused = asWhipRefusal(error);
    if (refused === null || response.headersSent) return next(error);
    response.status(refused.status).set(refused.headers).type('text').send(`${refused.message}\n`);
  }

  function asWhipRefusal(error: unknown): WhipRefusal | null {
    if (error instanceof WhipRefusal) return error;
    const objection = door.objection(error);
    if (objection) {
      const status = { malformed: 400, unusable: 422, forbidden: 403 }[objection.code];
      return new WhipRefusal(status, objection.message);
    }
    const refusal = refusalOf(error);
    if (refusal?.code === 'rate_limited') {
      const seconds = Math.ceil(Number(refusal.details?.['retryAfterMs'] ?? 1_000) / 1_000);
      return new WhipRefusal(429, 'too many wrong tokens', { 'Retry-After': String(seconds) });
    }
    if (error instanceof Refusal && error.code === 'not_allowed') {
      return new WhipRefusal(403, 'this token may not publish');
    }
    if (refusal?.code === 'too_large') return new WhipRefusal(413, 'too large');
    return null;
  }
}

function bodyOf(request: Request, type: string): string {
  if (!request.is(type)) throw new WhipRefusal(415, `expected ${type}`);
  if (typeof request.body !== 'string' || request.body === '') {
    throw new WhipRefusal(400, 'an empty body');
  }
  return request.body;
}

const openToAll: RequestHandler = (_request, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'POST, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match',
    'Access-Control-Expose-Headers': 'Location, ETag, Link, Accept-Patch, Accept-Post',
    'Cache-Control': 'no-store',
  });
  next();
};

function notAllowed(allow: string): RequestHandler {
  return (_request, response) => {
    response.status(405).set('Allow', allow).type('text').send('not allowed here\n');
  };
}

function answering(
  handle: (request: Request, response: Response) => Promise<void>,
): RequestHandler {
  return (request, response, next) => {
    handle(request, response).catch(next);
  };
}
