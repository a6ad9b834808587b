import { z } from 'zod';
import type { CommandOutcome } from './commands.ts';
import type { ProtocolError } from './errors.ts';
import type { Delivery, Put } from './facts.ts';
import { id } from './scalars.ts';
import type { SignalMessage } from './signals.ts';

/** Asks for what was missed: the newest `seq` had of each audience, none at the first time. */
export const syncRequest = z.strictObject({
  dialogueId: id,
  cursors: z.record(z.string().max(64), z.int().min(0)).optional(),
});

/** Says which question this page of a secretary's has open now: none with `null`. */
export const handlingRequest = z.strictObject({ questionId: id.nullable() });

/** Says which line of the transcript this page of a secretary's has open now: none with `null`. */
export const editingRequest = z.strictObject({ lineId: id.nullable() });

export type EditingRequest = z.infer<typeof editingRequest>;
export type HandlingRequest = z.infer<typeof handlingRequest>;

export type SyncRequest = z.infer<typeof syncRequest>;

/**
 * One audience's answer. `full`: `puts` are all there is and replace what the client had; else they
 * are what changed after its cursor.
 */
export interface SyncedAudience {
  audience: Delivery['audience'];
  seq: number;
  full: boolean;
  puts: Put[];
}

export type SyncAnswer =
  { ok: true; now: number; audiences: SyncedAudience[] } | { ok: false; error: ProtocolError };

/** Events that the server sends. */
export interface ServerEvents {
  delivery: (delivery: Delivery) => void;
  signal: (message: SignalMessage) => void;
  /** A request whose answer had nowhere to go. */
  refused: (error: ProtocolError) => void;
  /** The session was ended by a person; the socket closes after this. */
  revoked: () => void;
  /**
   * This node is leaving: the page is to connect anew, to whichever node it then reaches, at a
   * moment of its own choice within so many ms. Nothing is lost by it.
   */
  moving: (notice: { withinMs: number }) => void;
}

/** Events that a client sends; `media:*` are in `media.ts`. */
export interface ClientEvents {
  command: (envelope: unknown, answer: (outcome: CommandOutcome) => void) => void;
  sync: (request: unknown, answer: (outcome: SyncAnswer) => void) => void;
  /** What a hall's page measured (`health.ts`): latest wins. */
  health: (
    request: unknown,
    answer: (outcome: { ok: true } | { ok: false; error: ProtocolError }) => void,
  ) => void;
  handling: (
    request: unknown,
    answer: (outcome: { ok: true } | { ok: false; error: ProtocolError }) => void,
  ) => void;
  editing: (
    request: unknown,
    answer: (outcome: { ok: true } | { ok: false; error: ProtocolError }) => void,
  ) => void;
  /** What a stenographer's page types (`typing.ts`): latest wins. */
  typing: (
    request: unknown,
    answer: (outcome: { ok: true } | { ok: false; error: ProtocolError }) => void,
  ) => void;
}

/**
 * Which of the browser's sessions a socket or a request speaks for: staff by account, a hall's
 * computer by bridge point, a participant by dialogue. The cookie proves it; this only names it.
 */
export type Principal = `staff:${string}` | `device:${string}` | `person:${string}`;

export const principal = z.string().regex(/^(staff|device|person):[0-9a-f-]{36}$/);

/** Header of HTTP requests, and field of the socket's `auth`, that carries the principal. */
export const principalHeader = 'x-principal';
