import type { Action, ActionObject } from '@nhip-cau/shared/model/permissions';
import { permissions } from '@nhip-cau/shared/model/permissions';
import type { Me } from '@nhip-cau/shared/protocol/http';
import { id } from '@nhip-cau/shared/protocol/scalars';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Actor } from '../../dialogue/kernel/actor.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import type { LiveSession, SessionSubject } from '../../dialogue/people/sessions.ts';
import type { Limit } from './limits.ts';

/** What a handler is given: everything about the request has been checked. */
export interface RouteContext<Body = unknown> {
  request: Request;
  response: Response;
  body: Body;
  /** A parameter of the path. */
  param(name: string): string;
  /** Who asks. Throws `not_signed_in` on a public route without a session. */
  actor(): Actor;
  /** The same, when only an account will do. Throws `not_allowed`. */
  staff(): Extract<Actor, { kind: 'staff' }>;
  session: LiveSession | null;
  /** The dialogue of the path. */
  dialogue(): DialogueState;
  /** Gives this browser a session of that subject, or keeps the one that serves as well. */
  grant(subject: SessionSubject): Promise<Me>;
  /** Takes the cookie of this principal away. */
  forget(principal: Me['principal']): void;
}

/**
 * Whose requests are counted together; short whatever was sent, and a code is checked before it
 * becomes a part of it. By `key` they are counted before the dialogue is looked up and the body
 * read; what it says may only be a part of `keyInBody`.
 */
type LimitKey<Body> =
  | { key: (context: Omit<RouteContext, 'body' | 'dialogue'>) => string; keyInBody?: undefined }
  | { keyInBody: (context: RouteContext<Body>) => string; key?: undefined };

/** One route, as data. What names no action of the permission table does not start. */
export interface Route {
  method: 'get' | 'post' | 'delete';
  path: string;
  action: Action | 'public' | 'signedIn';
  /** What the action is done to, beside the dialogue of the path. */
  object?: (context: RouteContext<never>) => ActionObject;
  body?: z.ZodType;
  /** Takes the body as bytes, at most that many; `body` has no schema then. */
  uploadBytes?: number;
  limit?: Limit & LimitKey<never>;
  /** Wrong codes or passwords that one address may try, whatever it tries them on. */
  guesses?: Limit;
  /** Open to an account that has to change its password first. */
  beforePasswordChange?: boolean;
  /** Throws what stands in the way already, before a body is read. */
  before?: (context: RouteContext<undefined>) => void;
  /** Answers with JSON; `undefined` when it has sent its answer itself. */
  handle: (context: RouteContext<never>) => unknown;
}

type Typed<Body> = Omit<Route, 'body' | 'object' | 'limit' | 'handle'> & {
  object?: (context: RouteContext<Body>) => ActionObject;
  limit?: Limit & LimitKey<Body>;
  handle: (context: RouteContext<Body>) => unknown;
};

/** A route whose handler knows the type of its body. */
export function route<Schema extends z.ZodType>(
  declared: Typed<z.output<Schema>> & { body: Schema },
): Route;
export function route(declared: Typed<undefined>): Route;
export function route(declared: Typed<never>): Route {
  return declared as Route;
}

/** A file to keep. */
export class Download {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array;

  constructor(name: string, type: string, content: string | Uint8Array) {
    this.name = name;
    this.type = type;
    this.content = content;
  }
}

/** Throws when a route names no action, or two routes are the same. */
export function checkRoutes(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const { method, path, action } of routes) {
    const name = `${method.toUpperCase()} ${path}`;
    if (action !== 'public' && action !== 'signedIn' && !Object.hasOwn(permissions, action ?? '')) {
      throw new Error(`${name} names no action of the permission table`);
    }
    if (seen.has(name)) throw new Error(`${name} is declared twice`);
    seen.add(name);
  }
}

/** An id out of a path. Throws `not_found`: nothing has another kind of id. */
export function requireId(text: string): string {
  if (!id.safeParse(text).success) throw new Refusal('not_found');
  return text;
}
