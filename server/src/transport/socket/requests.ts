import {
  commandEnvelope,
  type CommandEnvelope,
  type CommandOutcome,
  commands,
  isCommandName,
  serverOnlyCommands,
} from '@nhip-cau/shared/protocol/commands';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { syncRequest } from '@nhip-cau/shared/protocol/socket';
import type { Audience } from '@nhip-cau/shared/model/audience';
import type { Logger } from 'pino';
import type { Engine } from '../../dialogue/kernel/executor.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import type { GatewaySocket } from './gateway-socket.ts';
import type { OpenEntries } from './handling.ts';
import type { HealthReports } from './health.ts';
import type { MediaChannel } from './media-channel.ts';
import { answerMedia, isMediaRequest } from './media-events.ts';
import { parse, refusalOf } from '../refusals.ts';
import { RequestBudget } from './request-budget.ts';
import { SyncAnswers } from './sync-answers.ts';
import type { TypingPages } from './typing.ts';
import type { LineRequest } from './wire/line.ts';

export interface RequestDependencies {
  engine: Engine;
  media: MediaChannel;
  log: Logger;
  /** Puts the socket into the rooms of its audiences as they are now. */
  subscribe: (socket: GatewaySocket, state: DialogueState) => Audience[];
  latestSignals: (socket: GatewaySocket) => SignalMessage[];
  /** The socket has joined the media, or has left them. */
  onMedia: (socket: GatewaySocket) => void;
  /** What pages say of themselves, beside commands. */
  pages: Record<PageEvent, OpenEntries | TypingPages>;
  health: HealthReports;
}

type PageEvent = 'handling' | 'editing' | 'typing';
type Reply = (answer: object) => void;

// More than the quickest hands and a returning outbox need; less than a flood.
const perSession = { limit: 300, windowMs: 10_000 };

/** Serves what admitted sockets ask: validate, authorise, one call, one answer. */
export class Requests {
  private readonly dependencies: RequestDependencies;
  private readonly budget = new RequestBudget(perSession);
  private readonly syncAnswers = new SyncAnswers();

  constructor(dependencies: RequestDependencies) {
    this.dependencies = dependencies;
  }

  handle(socket: GatewaySocket, request: LineRequest): void {
    const reply: Reply = (answer) => {
      if (request.answer) request.answer(JSON.stringify(answer));
      else if ('error' in answer) socket.emit('refused', answer.error as ProtocolError);
    };
    const fail = (error: unknown) => {
      const refusal = refusalOf(error);
      if (!refusal) {
        const { dialogueId } = socket.data;
        const { event } = request;
        this.dependencies.log.error({ err: error, event, dialogueId }, 'a request failed');
      }
      reply({ ok: false, error: refusal ?? { code: 'internal' } });
    };
    try {
      const { sessionId } = socket.data.actor;
      if (!this.budget.allows(sessionId, performance.now())) {
        if (this.budget.isFlood(sessionId)) socket.disconnect();
        throw new Refusal('rate_limited');
      }
      // Thousands of commands may wait for the same commit: nothing but their answer waits with them.
      if (request.event !== 'command') this.serve(socket, request, reply).catch(fail);
      else this.command(socket, request.payload).then(reply).catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  /** Forgets what no longer counts; call it now and then. */
  sweep(): void {
    this.budget.sweep(performance.now());
  }

  private async serve(
    socket: GatewaySocket,
    { event, payload, answer }: LineRequest,
    reply: Reply,
  ): Promise<void> {
    const { media } = this.dependencies;
    if (event === 'sync') return this.sync(socket, payload, answer);
    if (event === 'health') {
      // Nobody would take back what a socket that is gone has measured.
      if (socket.connected) this.dependencies.health.handle(socket, payload);
      return reply({ ok: true });
    }
    if (event in this.dependencies.pages) {
      return reply(await this.page(socket, event as PageEvent, payload));
    }
    if (!isMediaRequest(event)) throw new Refusal('unknown_event');
    const readState = () => this.readState(socket.data.dialogueId);
    const answered = await answerMedia(socket, media, readState, event, payload);
    if (event === 'media:join' || event === 'media:leave') this.dependencies.onMedia(socket);
    reply({ ok: true, ...answered });
  }

  private command(socket: GatewaySocket, request: unknown): Promise<CommandOutcome> {
    const { actor, dialogueId } = socket.data;
    const envelope = parse(commandEnvelope, request);
    if (!isCommandName(envelope.name) || serverOnlyCommands.has(envelope.name)) {
      throw new Refusal('unknown_command');
    }
    // The socket speaks for one dialogue; another one's objects are not its business.
    if (envelope.dialogueId !== dialogueId) throw new Refusal('not_allowed');
    const payload = parse(commands[envelope.name], envelope.payload);
    return this.dependencies.engine.execute(actor, { ...envelope, payload } as CommandEnvelope);
  }

  private async sync(
    socket: GatewaySocket,
    request: unknown,
    reply: LineRequest['answer'],
  ): Promise<void> {
    const { dialogueId } = socket.data;
    const { dialogueId: asked, cursors = {} } = parse(syncRequest, request);
    if (asked !== dialogueId) throw new Refusal('not_allowed');
    // Who comes from another node finds here what they have seen there.
    await this.dependencies.engine.refresh(dialogueId);
    const state = await this.readState(dialogueId);
    const boards = await this.dependencies.engine.boards(dialogueId);
    // A socket that closed meanwhile has left its rooms for good.
    if (!socket.connected) return;
    // From here to the answer nothing waits: no delivery can slip in between.
    const audiences = this.dependencies.subscribe(socket, state);
    const json = this.syncAnswers.jsonOf(boards, audiences, cursors);
    socket.together(() => {
      reply?.(json);
      for (const message of this.dependencies.latestSignals(socket)) socket.emit('signal', message);
    });
  }

  private async page(
    socket: GatewaySocket,
    event: PageEvent,
    request: unknown,
  ): Promise<{ ok: true }> {
    const state = await this.readState(socket.data.dialogueId);
    // Nobody would take back what a socket that is gone has said.
    if (socket.connected) this.dependencies.pages[event].handle(socket, request, state);
    return { ok: true };
  }

  private async readState(dialogueId: string): Promise<DialogueState> {
    const state = await this.dependencies.engine.read(dialogueId);
    if (!state) throw new Refusal('not_found', { kind: 'dialogue' });
    return state;
  }
}
