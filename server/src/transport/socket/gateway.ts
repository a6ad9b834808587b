import type { Server as HttpServer } from 'node:http';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { principal } from '@nhip-cau/shared/protocol/socket';
import { id } from '@nhip-cau/shared/protocol/scalars';
import type { Logger } from 'pino';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Server } from 'socket.io';
import { z } from 'zod';
import type { Actor } from '../../dialogue/kernel/actor.ts';
import type { Engine } from '../../dialogue/kernel/executor.ts';
import type { Outlet } from '../../dialogue/kernel/ports.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import { audiencesOf, roomOf } from './audiences.ts';
import { serve } from './connection.ts';
import type { MediaChannel } from './media-channel.ts';
import { renewMedia } from './media-events.ts';
import { type HandleLinks, Presence } from './presence.ts';
import { parse, refusalOf } from '../refusals.ts';
import { SessionSockets } from './session-sockets.ts';
import { SignalBoard } from './signals.ts';
import type { GatewayServer, GatewaySocket, SocketData } from './types.ts';

/** Who a socket is, as its cookie proves it. */
export interface Authenticator {
  authenticate(
    principal: string,
    cookieHeader: string | undefined,
  ): Promise<{ actor: Actor; expiresAt: number } | null>;
  /** Whether the session was revoked since; says so at once. */
  isRevoked(sessionId: string): boolean;
}

export interface GatewayOptions {
  httpServer: HttpServer;
  authenticator: Authenticator;
  /** Whether a browser page of this origin may connect to this host. */
  isOwnOrigin: (origin: string, host: string | undefined) => boolean;
  /** Called for each socket that is let in, with the state of its dialogue. */
  onAdmitted: (state: DialogueState) => void;
  /** What stands between each hall and the server now. */
  onLinks: HandleLinks;
  log: Logger;
  now?: () => number;
}

const handshake = z.strictObject({
  principal,
  dialogueId: id,
  /** A hall's computer may open its hall's screen too; that page then has a screen's rights only. */
  page: z.literal('screen').optional(),
});

// Far above any valid message, so that what is too long still gets its typed refusal.
const maxMessageBytes = 2_000_000;
// More than the quickest hands and a returning outbox need; less than a flood.
const perSession = { points: 300, duration: 10 };
/** How often sockets are looked through for those whose session has expired, in ms. */
const sweepMs = 60_000;

/** The live channel: sockets in, commands to the engine, deliveries and signals out. */
export class Gateway implements Outlet {
  readonly io: GatewayServer;
  readonly presence: Presence;
  readonly signals: SignalBoard;
  private readonly options: GatewayOptions;
  private readonly memberLists = new Map<string, string>();
  private engine: Engine | null = null;
  private media: MediaChannel | null = null;
  private readonly bySession = new SessionSockets();
  /** By session: opening more sockets buys nobody more requests. */
  private readonly limiter = new RateLimiterMemory(perSession);
  private readonly sweeper: NodeJS.Timeout;

  constructor(options: GatewayOptions) {
    this.options = options;
    this.io = new Server(options.httpServer, {
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: maxMessageBytes,
      pingInterval: 10_000,
      pingTimeout: 8_000,
      allowRequest: ({ headers }, decide) => {
        const { origin, host } = headers;
        const allowed = origin === undefined || options.isOwnOrigin(origin, host);
        decide(allowed ? null : 'origin_refused', allowed);
      },
    });
    this.signals = new SignalBoard((room, message) => {
      // A volatile packet is dropped while the one before it is still leaving; only the levels come
      // again by themselves.
      const to = this.io.to(room);
      (message.name === 'levels' ? to.volatile : to).emit('signal', message);
    });
    this.presence = new Presence(this.signals, options.onLinks);
    this.sweeper = setInterval(() => this.sweep(), sweepMs).unref();
  }

  /** Opens the door, once what stands behind it is there. */
  start(engine: Engine, media: MediaChannel): void {
    this.engine = engine;
    this.media = media;
    this.io.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => {
          const refusal = refusalOf(error);
          if (!refusal) this.options.log.error({ err: error }, 'a socket could not be admitted');
          const answer = refusal ?? { code: 'internal' as const };
          next(Object.assign(new Error(answer.code), { data: answer }));
        },
      );
    });
    this.io.on('connection', (socket) => {
      // Between its admission and this step a revocation has found no socket to end.
      if (this.options.authenticator.isRevoked(socket.data.actor.sessionId))
        return this.expel(socket);
      serve(socket, {
        engine,
        media,
        log: this.options.log,
        subscribe: (state) => this.subscribe(socket, state),
        latestSignals: () => this.signals.current(socket.rooms),
        limiter: this.limiter,
        onGone: () => {
          this.bySession.remove(socket);
          this.presence.remove(socket);
        },
      });
      this.bySession.add(socket);
      this.presence.add(socket);
    });
  }

  deliver(deliveries: Delivery[]): void {
    for (const delivery of deliveries) {
      this.io.to(roomOf(delivery.dialogueId, delivery.audience)).emit('delivery', delivery);
    }
  }

  /** Call after each commit: who was given or lost a role hears more or less from now on. */
  handleState(state: DialogueState): void {
    this.presence.setTotal(state.id, state.bridgePoints.size - 1);
    const members = JSON.stringify([...state.members.values()]);
    const before = this.memberLists.get(state.id);
    this.memberLists.set(state.id, members);
    if (before === undefined || before === members) return;
    for (const socket of this.io.sockets.sockets.values()) {
      const { actor, dialogueId } = socket.data;
      if (actor.kind !== 'staff' || dialogueId !== state.id) continue;
      if (audiencesOf(actor, state).length === 0) {
        this.expel(socket);
        continue;
      }
      this.subscribe(socket, state);
      if (this.media) renewMedia(socket, this.media, state);
    }
  }

  /** Whether somebody is connected to that dialogue. */
  isWatched(dialogueId: string): boolean {
    return this.io.sockets.adapter.rooms.has(roomOf(dialogueId, 'everyone'));
  }

  /** Ends the sockets of a session at once, their media with them. */
  handleRevoked(sessionId: string): void {
    for (const socket of this.bySession.of(sessionId)) this.expel(socket);
  }

  async close(): Promise<void> {
    clearInterval(this.sweeper);
    this.signals.close();
    await this.io.close();
  }

  private expel(socket: GatewaySocket): void {
    this.media?.leave(socket.id);
    socket.emit('revoked');
    socket.disconnect(true);
  }

  private subscribe(socket: GatewaySocket, state: DialogueState) {
    const audiences = audiencesOf(socket.data.actor, state);
    const rooms = new Set(audiences.map((audience) => roomOf(state.id, audience)));
    for (const room of socket.rooms) {
      if (room !== socket.id && !rooms.has(room)) void socket.leave(room);
    }
    void socket.join([...rooms]);
    return audiences;
  }

  private async admit(socket: GatewaySocket): Promise<void> {
    const { dialogueId, page } = parse(handshake, socket.handshake.auth);
    const session = await this.authenticate(socket);
    if (session === null || session.actor.kind === 'system') throw new Refusal('not_signed_in');
    const { actor, expiresAt } = session;
    const state = await this.engine?.read(dialogueId);
    if (!state) throw new Refusal('not_found', { kind: 'dialogue' });
    if (audiencesOf(actor, state).length === 0) throw new Refusal('not_allowed');
    if (this.options.authenticator.isRevoked(actor.sessionId)) throw new Refusal('not_signed_in');
    socket.data = {
      actor: page === 'screen' ? asScreen(actor) : actor,
      dialogueId,
      expiresAt,
      peer: null,
    };
    this.options.onAdmitted(state);
  }

  private authenticate({ handshake: { auth, headers } }: GatewaySocket) {
    return this.options.authenticator.authenticate(auth['principal'] as string, headers.cookie);
  }

  /** Ends the sockets whose session has expired; one that was used elsewhere goes on. */
  private sweep(): void {
    const now = this.options.now?.() ?? Date.now();
    for (const socket of this.io.sockets.sockets.values()) {
      if (socket.data.expiresAt > now) continue;
      this.authenticate(socket).then(
        (session) => {
          if (session) socket.data.expiresAt = session.expiresAt;
          else this.expel(socket);
        },
        (error: unknown) => this.options.log.error({ err: error }, 'a session could not be read'),
      );
    }
  }
}

function asScreen(actor: SocketData['actor']): SocketData['actor'] {
  return actor.kind === 'device' ? { ...actor, role: 'screen' } : actor;
}
