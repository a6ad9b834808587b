import type { Server as HttpServer } from 'node:http';
import type { Audience } from '@nhip-cau/shared/model/audience';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { id } from '@nhip-cau/shared/protocol/scalars';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { principal } from '@nhip-cau/shared/protocol/socket';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Actor } from '../../dialogue/kernel/actor.ts';
import type { Engine } from '../../dialogue/kernel/executor.ts';
import type { Outlet } from '../../dialogue/kernel/ports.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import type { NodeValues } from '../../dialogue/nodes/ports.ts';
import { audiencesOf, roomOf } from './audiences.ts';
import { DeskEnds, type HandleDesks } from './desk-ends.ts';
import { FanOut } from './fan-out.ts';
import { GatewaySocket, type SocketKeeper } from './gateway-socket.ts';
import { OpenEntries, openLines, openQuestions } from './handling.ts';
import { HealthReports } from './health.ts';
import { shareSignals, type SharedSignals } from './shared-signals.ts';
import type { MediaChannel } from './media-channel.ts';
import { renewMedia } from './media-events.ts';
import { type HandleLinks, Presence } from './presence.ts';
import { parse, refusalOf } from '../refusals.ts';
import { Requests } from './requests.ts';
import { Rooms } from './rooms.ts';
import { SessionSockets } from './session-sockets.ts';
import { SignalBoard } from './signals.ts';
import { TypingPages } from './typing.ts';
import type { SocketData } from './types.ts';
import { type Admission, Door, type Introduction } from './wire/door.ts';
import { Intake } from './wire/intake.ts';
import type { LineRequest } from './wire/line.ts';

/** Who a socket is, as its cookie proves it. */
export interface Authenticator {
  authenticate(
    principal: string,
    cookieHeader: string | undefined,
  ): Promise<{ actor: Actor; expiresAt: number } | null>;
  /** Whether the session was revoked since; says so at once. */
  isRevoked(sessionId: string): boolean;
  /** Of the sessions, those that hold, with their ends (epoch ms); does not prolong them. */
  refresh(sessionIds: readonly string[]): Promise<Map<string, number>>;
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
  /** Whose page is open that can talk with a hall's technician. */
  onDesks: HandleDesks;
  /** What other nodes know of their sockets. */
  values: NodeValues;
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
/** How often sessions of open sockets are looked through, in ms. */
const sweepMs = 60_000;
/** For each page that moves to another node the others are given so much more time, in ms. */
const moveMs = 2;

/** The live channel: sockets in, commands to the engine, deliveries and signals out. */
export class Gateway implements Outlet, SocketKeeper {
  readonly presence: Presence;
  readonly signals: SignalBoard;
  readonly shared: SharedSignals;
  private readonly options: GatewayOptions;
  private readonly door: Door;
  private readonly sockets = new Set<GatewaySocket>();
  private readonly rooms = new Rooms();
  private readonly fanOut = new FanOut();
  private readonly bySession = new SessionSockets();
  private readonly openQuestions: OpenEntries;
  private readonly openLines: OpenEntries;
  private readonly typing: TypingPages;
  private readonly deskEnds: DeskEnds;
  private readonly health: HealthReports;
  private readonly intakes = new Map<string, Intake>();
  private readonly memberLists = new Map<string, string>();
  private readonly sweeper: NodeJS.Timeout;
  /** Nobody is let in any more. */
  isLeaving = false;
  private onEmpty: (() => void) | null = null;
  private engine: Engine | null = null;
  private media: MediaChannel | null = null;
  private requests: Requests | null = null;

  constructor(options: GatewayOptions) {
    this.options = options;
    this.door = new Door({
      httpServer: options.httpServer,
      isOwnOrigin: options.isOwnOrigin,
      maxMessageBytes,
      admit: (introduction) => this.admit(introduction),
      refusalOf: (error) => {
        const refusal = refusalOf(error);
        if (!refusal) options.log.error({ err: error }, 'a socket could not be admitted');
        return refusal ?? { code: 'internal' };
      },
    });
    this.signals = new SignalBoard((name, message) => {
      for (const part of this.rooms.get(name)?.parts ?? []) this.fanOut.signal(part, message);
    });
    this.presence = new Presence(this.signals, options.values, options.onLinks);
    this.deskEnds = new DeskEnds(options.values, options.onDesks);
    this.shared = shareSignals(this.signals, options.values);
    this.openQuestions = new OpenEntries(openQuestions, (dialogueId, open) =>
      this.shared.setHandling('handling', dialogueId, open),
    );
    this.openLines = new OpenEntries(openLines, (dialogueId, open) =>
      this.shared.setHandling('editing', dialogueId, open),
    );
    this.typing = new TypingPages(this.shared.typing);
    this.health = new HealthReports((...measured) => this.shared.setMeasured(...measured));
    this.sweeper = setInterval(() => this.checkSessions(), sweepMs).unref();
  }

  /** Opens the door, once what stands behind it is there. */
  start(engine: Engine, media: MediaChannel): void {
    this.engine = engine;
    this.media = media;
    this.requests = new Requests({
      engine,
      media,
      log: this.options.log,
      subscribe: (socket, state) => this.subscribe(socket, state),
      latestSignals: (socket) => this.latestSignals(socket),
      onMedia: (socket) => this.deskEnds.handle(socket),
      pages: { handling: this.openQuestions, editing: this.openLines, typing: this.typing },
      health: this.health,
    });
    this.door.open();
  }

  /** Sockets that were let in. */
  get size(): number {
    return this.sockets.size;
  }

  deliver(deliveries: Delivery[]): void {
    for (const delivery of deliveries) {
      const room = this.rooms.get(roomOf(delivery.dialogueId, delivery.audience));
      for (const part of room?.parts ?? []) this.fanOut.deliver(part, delivery);
    }
  }

  handleRequest(socket: GatewaySocket, request: LineRequest): void {
    this.requests?.handle(socket, request);
  }

  handleGone(socket: GatewaySocket): void {
    this.media?.leave(socket.id);
    this.sockets.delete(socket);
    this.rooms.assign(socket, []);
    this.bySession.remove(socket);
    this.presence.remove(socket);
    this.deskEnds.handle(socket);
    this.openQuestions.remove(socket);
    this.openLines.remove(socket);
    this.typing.remove(socket);
    this.health.remove(socket);
    if (this.sockets.size === 0) this.onEmpty?.();
  }

  handleFree(socket: GatewaySocket): void {
    for (const message of this.latestSignals(socket)) socket.emit('signal', message);
  }

  /** Call after each commit: who was given or lost a role hears more or less from now on. */
  handleState(state: DialogueState): void {
    this.presence.setTotal(state.id, state.bridgePoints.size - 1);
    const members = JSON.stringify([...state.members.values()]);
    const before = this.memberLists.get(state.id);
    this.memberLists.set(state.id, members);
    if (before === undefined || before === members) return;
    for (const socket of this.sockets) {
      const { actor, dialogueId } = socket.data;
      if (actor.kind !== 'staff' || dialogueId !== state.id) continue;
      if (audiencesOf(actor, state).length === 0) {
        this.expel(socket);
        continue;
      }
      this.subscribe(socket, state);
      if (this.media) renewMedia(socket, this.media, state);
      this.deskEnds.handle(socket);
    }
  }

  /** Whether somebody is connected to that dialogue. */
  isWatched(dialogueId: string): boolean {
    return this.rooms.get(roomOf(dialogueId, 'everyone')) !== undefined;
  }

  /** Ends the sockets of a session at once, their media with them. */
  handleRevoked(sessionId: string): void {
    for (const socket of this.bySession.of(sessionId)) this.expel(socket);
  }

  /**
   * Lets nobody in any more and asks all pages to come in elsewhere, each at a moment of its own.
   * Resolves when all have gone, or after `limitMs`.
   */
  async leave(limitMs: number): Promise<void> {
    this.isLeaving = true;
    this.door.leave();
    const withinMs = Math.min(limitMs / 2, 500 + this.sockets.size * moveMs);
    for (const socket of this.sockets) socket.emit('moving', { withinMs });
    if (this.sockets.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.onEmpty = resolve;
    const limit = setTimeout(resolve, limitMs);
    await promise;
    clearTimeout(limit);
  }

  async close(): Promise<void> {
    this.isLeaving = true;
    clearInterval(this.sweeper);
    this.health.close();
    this.signals.close();
    this.fanOut.close();
    await this.door.close();
  }

  private expel(socket: GatewaySocket): void {
    this.media?.leave(socket.id);
    socket.emit('revoked');
    socket.disconnect();
  }

  private subscribe(socket: GatewaySocket, state: DialogueState): Audience[] {
    const audiences = audiencesOf(socket.data.actor, state);
    this.rooms.assign(
      socket,
      audiences.map((audience) => roomOf(state.id, audience)),
    );
    return audiences;
  }

  private latestSignals({ rooms }: GatewaySocket): SignalMessage[] {
    return this.signals.current(rooms.map(({ name }) => name));
  }

  private async admit({ auth, cookie }: Introduction): Promise<Admission> {
    const { principal: name, dialogueId, page } = parse(handshake, auth);
    const session = await this.options.authenticator.authenticate(name, cookie);
    if (session === null || session.actor.kind === 'system') throw new Refusal('not_signed_in');
    const { actor, expiresAt } = session;
    // A role may have been given on another node just now.
    await this.engine?.refresh(dialogueId);
    const state = await this.engine?.read(dialogueId);
    if (!state) throw new Refusal('not_found', { kind: 'dialogue' });
    if (audiencesOf(actor, state).length === 0) throw new Refusal('not_allowed');
    if (this.options.authenticator.isRevoked(actor.sessionId)) throw new Refusal('not_signed_in');
    this.options.onAdmitted(state);
    const data = {
      actor: page === 'screen' ? asScreen(actor) : actor,
      dialogueId,
      expiresAt,
      peer: null,
    };
    return (line) => {
      line.intake = this.intakeOf(dialogueId);
      this.receive(new GatewaySocket(line, data, this));
    };
  }

  private intakeOf(dialogueId: string): Intake {
    let intake = this.intakes.get(dialogueId);
    if (!intake) this.intakes.set(dialogueId, (intake = new Intake()));
    return intake;
  }

  private receive(socket: GatewaySocket): void {
    this.sockets.add(socket);
    this.bySession.add(socket);
    this.presence.add(socket);
    // Between its admission and this step a revocation has found no socket to end.
    if (this.options.authenticator.isRevoked(socket.data.actor.sessionId)) this.expel(socket);
  }

  /** Ends the sockets whose session has ended; one that was used elsewhere goes on. */
  checkSessions(): void {
    this.requests?.sweep();
    this.health.sweep();
    const now = this.options.now?.() ?? Date.now();
    const sessionIds = new Set([...this.sockets].map(({ data }) => data.actor.sessionId));
    this.options.authenticator.refresh([...sessionIds]).then(
      (holding) => {
        for (const socket of this.sockets) {
          const { sessionId } = socket.data.actor;
          if (!sessionIds.has(sessionId)) continue;
          const expiresAt = holding.get(sessionId);
          if (expiresAt === undefined || expiresAt <= now) this.expel(socket);
          else socket.data.expiresAt = expiresAt;
        }
      },
      (error: unknown) => {
        if (!this.isLeaving) this.options.log.error({ err: error }, 'sessions could not be read');
      },
    );
  }
}

function asScreen(actor: SocketData['actor']): SocketData['actor'] {
  return actor.kind === 'device' ? { ...actor, role: 'screen' } : actor;
}
