import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Action } from '@nhip-cau/shared/model/permissions';
import type { DeviceRole } from '@nhip-cau/shared/model/roles';
import type { IceServer } from '@nhip-cau/shared/protocol/media';
import { id } from '@nhip-cau/shared/protocol/scalars';
import { authorise } from '../../dialogue/kernel/actor.ts';
import type { DialogueEngine } from '../../dialogue/kernel/engine.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import { actorOf, type SessionService } from '../../dialogue/people/sessions.ts';
import { refusalOf } from './errors.ts';
import type { RateLimits } from './limits.ts';

/** Whose token it is, and where it belongs. */
export interface OutsideDevice {
  sessionId: string;
  dialogueId: string;
  bridgePointId: string;
}

/** What one of these doors needs of the media. */
export interface OutsideDoor {
  open(device: OutsideDevice, offer: string): Promise<{ id: string; etag: string; answer: string }>;
  holderOf(id: string): { sessionId: string } | undefined;
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
  objection(error: unknown): {
    code: 'malformed' | 'unusable' | 'forbidden' | 'unavailable' | 'crowded';
    message: string;
  } | null;
}

export interface OutsideOptions {
  engine: Pick<DialogueEngine, 'read'>;
  sessions: SessionService;
  limits: RateLimits;
  /** Told of the dialogue that a device comes to, as for a page. */
  onAdmitted: (state: DialogueState) => void;
  isLeaving: () => boolean;
  /** Relays for a device, with credentials of its own. */
  iceServers: (deviceId: string) => readonly IceServer[];
}

/** What tells one protocol from the other. */
export interface OutsideProtocol {
  /** The path of its endpoints, which goes on with the bridge point. */
  path: '/whip' | '/whep';
  deviceRole: DeviceRole;
  action: Action;
  door: OutsideDoor;
  /** Throws `OutsideRefusal` while the dialogue has no use for such a device. */
  requireOpen(state: DialogueState): void;
}

const maxOfferBytes = 64 * 1024;
const sdp = 'application/sdp';
const sdpFragment = 'application/trickle-ice-sdpfrag';
/** Wrong tokens that one address may try. */
const guesses = { points: 100, seconds: 600 };
/** Sessions that one token may open: a device whose line flaps asks anew each few seconds. */
const openings = { points: 60, seconds: 60 };
const retryWhenBusy = { 'Retry-After': '5' };

/** An answer that is no success: a status and a line for whoever reads logs. */
export class OutsideRefusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'OutsideRefusal';
    this.status = status;
    this.headers = headers;
  }
}

/**
 * WHIP (RFC 9725) and WHEP (draft-ietf-wish-whep), which are the same but for the direction: `POST
 * PATH/BRIDGE-POINT` with a token opens a session, whose address takes PATCH (trickled candidates,
 * ICE restart) and DELETE. Any origin may ask: a token proves everything and no cookie is looked at.
 */
export function outsideRoutes(protocol: OutsideProtocol, options: OutsideOptions): Router {
  const { engine, limits, sessions } = options;
  const { door, path } = protocol;
  const router = express.Router();
  const text = (type: string) =>
    express.text({ type, limit: maxOfferBytes, defaultCharset: 'utf-8' }) as RequestHandler;
  router.use(path, openToAll);

  router
    .route(`${path}/:bridgePointId`)
    .options((_request, response) => {
      response.set({ 'Accept-Post': sdp, Allow: 'POST, OPTIONS' }).status(200).end();
    })
    .post(text(sdp), answering(post))
    .all(notAllowed('POST, OPTIONS'));
  router
    .route(`${path}/:bridgePointId/:mediaSessionId`)
    .options((_request, response) => {
      response.set({ 'Accept-Patch': sdpFragment, Allow: 'PATCH, DELETE, OPTIONS' });
      response.status(200).end();
    })
    .patch(text(sdpFragment), answering(patch))
    .delete(answering(remove))
    .all(notAllowed('PATCH, DELETE, OPTIONS'));
  router.use(path, answerError);
  return router;

  async function post(request: Request, response: Response): Promise<void> {
    if (options.isLeaving()) {
      throw new OutsideRefusal(503, 'this server is about to end', { 'Retry-After': '1' });
    }
    const device = await deviceOf(request);
    const offer = bodyOf(request, sdp);
    limits.take(openings, device.sessionId);
    const opened = await door.open(device, offer);
    // While it was opened a revocation has found nothing to close.
    if (sessions.isRevoked(device.sessionId)) {
      door.close(opened.id);
      throw new OutsideRefusal(401, 'no valid token', { 'WWW-Authenticate': 'Bearer' });
    }
    response
      .status(201)
      .set({
        Location: `${path}/${device.bridgePointId}/${opened.id}`,
        ETag: opened.etag,
        'Accept-Patch': sdpFragment,
        Link: options.iceServers(opened.id).flatMap(linksTo),
      })
      .type(sdp)
      .send(opened.answer);
  }

  async function patch(request: Request, response: Response): Promise<void> {
    const mediaSessionId = await sessionOf(request);
    const fragment = bodyOf(request, sdpFragment);
    const ifMatch = request.get('if-match');
    if (ifMatch === undefined) throw new OutsideRefusal(428, 'If-Match is missing');
    const answer = await door.patch(mediaSessionId, ifMatch, fragment);
    if (answer.kind === 'precondition') throw new OutsideRefusal(412, 'another ICE session');
    if (answer.kind === 'noted') return void response.status(204).end();
    response.status(200).set('ETag', answer.etag).type(sdpFragment).send(answer.fragment);
  }

  async function remove(request: Request, response: Response): Promise<void> {
    door.close(await sessionOf(request));
    response.status(200).end();
  }

  /** The open session of the path, of the same token that opened it. */
  async function sessionOf(request: Request): Promise<string> {
    const { sessionId } = await deviceOf(request);
    const mediaSessionId = String(request.params['mediaSessionId']);
    if (door.holderOf(mediaSessionId)?.sessionId !== sessionId) {
      throw new OutsideRefusal(404, 'no such session');
    }
    return mediaSessionId;
  }

  async function deviceOf(request: Request): Promise<OutsideDevice> {
    const { action, deviceRole, requireOpen } = protocol;
    const bridgePointId = String(request.params['bridgePointId']);
    const token = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const isId = id.safeParse(bridgePointId).success;
    const session = token && isId ? await sessions.find(`device:${bridgePointId}`, token) : null;
    if (session?.subject.kind !== 'device' || session.subject.deviceRole !== deviceRole) {
      // Only wrong ones are counted: behind one address stand many devices.
      limits.take(guesses, request.ip ?? '');
      throw new OutsideRefusal(401, 'no valid token', { 'WWW-Authenticate': 'Bearer' });
    }
    const { dialogueId } = session.subject;
    const state = await engine.read(dialogueId);
    if (!state?.dialogue || state.dialogue.state === 'ended') {
      throw new OutsideRefusal(409, 'the dialogue is over');
    }
    authorise(actorOf(session), action, { dialogueId, bridgePointId }, state);
    requireOpen(state);
    options.onAdmitted(state);
    return { sessionId: session.id, dialogueId, bridgePointId };
  }

  function answerError(
    error: unknown,
    _request: Request,
    response: Response,
    next: (error: unknown) => void,
  ): void {
    const refused = asOutsideRefusal(error);
    if (refused === null || response.headersSent) return next(error);
    response.status(refused.status).set(refused.headers).type('text').send(`${refused.message}\n`);
  }

  function asOutsideRefusal(error: unknown): OutsideRefusal | null {
    if (error instanceof OutsideRefusal) return error;
    const objection = door.objection(error);
    if (objection) {
      const { code, message } = objection;
      const status = {
        malformed: 400,
        unusable: 422,
        forbidden: 403,
        unavailable: 503,
        crowded: 429,
      };
      const isPassing = code === 'unavailable' || code === 'crowded';
      return new OutsideRefusal(status[code], message, isPassing ? retryWhenBusy : {});
    }
    const refusal = refusalOf(error);
    if (refusal?.code === 'rate_limited') {
      const seconds = Math.ceil(Number(refusal.details?.['retryAfterMs'] ?? 1_000) / 1_000);
      return new OutsideRefusal(429, 'too many requests', { 'Retry-After': String(seconds) });
    }
    if (error instanceof Refusal && error.code === 'not_allowed') {
      return new OutsideRefusal(403, 'this token may not do that');
    }
    if (refusal?.code === 'too_large') return new OutsideRefusal(413, 'too large');
    return null;
  }
}

/** A relay as RFC 9725, 4.6 has it. */
const linksTo = ({ credential, urls, username }: IceServer): string[] =>
  urls.map(
    (url) =>
      `<${url}>; rel="ice-server"; username="${username ?? ''}"; ` +
      `credential="${credential ?? ''}"; credential-type="password"`,
  );

function bodyOf(request: Request, type: string): string {
  if (!request.is(type)) throw new OutsideRefusal(415, `expected ${type}`);
  if (typeof request.body !== 'string' || request.body === '') {
    throw new OutsideRefusal(400, 'an empty body');
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
