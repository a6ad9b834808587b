import {
  commandEnvelope,
  type CommandEnvelope,
  type CommandOutcome,
  commands,
  isCommandName,
  serverOnlyCommands,
} from '@nhip-cau/shared/protocol/commands';
import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import { type MediaRequestName, mediaRequests } from '@nhip-cau/shared/protocol/media';
import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { type SyncAnswer, syncRequest } from '@nhip-cau/shared/protocol/socket';
import type { Audience } from '@nhip-cau/shared/model/audience';
import type { Logger } from 'pino';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Engine } from '../../dialogue/kernel/executor.ts';
import { Refusal } from '../../dialogue/kernel/refusal.ts';
import type { DialogueState } from '../../dialogue/kernel/state.ts';
import type { MediaChannel } from './media-channel.ts';
import { mediaResponder } from './media-events.ts';
import { parse, refusalOf } from '../refusals.ts';
import type { GatewaySocket } from './types.ts';

export interface ConnectionDependencies {
  engine: Engine;
  media: MediaChannel;
  /** Counts by `sessionId`. */
  limiter: RateLimiterMemory;
  log: Logger;
  subscribe: (state: DialogueState) => Audience[];
  latestSignals: () => SignalMessage[];
  onGone: () => void;
}

type Reply = (answer: object) => void;

/** Serves one admitted socket: validate, authorise, one call, one answer. */
export function serve(socket: GatewaySocket, dependencies: ConnectionDependencies): void {
  const { engine, media, limiter, log } = dependencies;
  const { actor, dialogueId } = socket.data;

  const readState = async () => {
    const state = await engine.read(dialogueId);
    if (!state) throw new Refusal('not_found', { kind: 'dialogue' });
    return state;
  };

  const command = async (request: unknown): Promise<CommandOutcome> => {
    const envelope = parse(commandEnvelope, request);
    if (!isCommandName(envelope.name) || serverOnlyCommands.has(envelope.name)) {
      throw new Refusal('unknown_command');
    }
    // The socket speaks for one dialogue; another one's objects are not its business.
    if (envelope.dialogueId !== dialogueId) throw new Refusal('not_allowed');
    const payload = parse(commands[envelope.name], envelope.payload);
    return engine.execute(actor, { ...envelope, payload } as CommandEnvelope);
  };

  const sync = async (request: unknown, reply: Reply): Promise<void> => {
    const { dialogueId: asked, cursors = {} } = parse(syncRequest, request);
    if (asked !== dialogueId) throw new Refusal('not_allowed');
    const state = await readState();
    const boards = await engine.boards(dialogueId);
    // A socket that closed meanwhile has left its rooms for good.
    if (!socket.connected) return;
    // From here to the answer nothing waits: no delivery can slip in between.
    const audiences = dependencies.subscribe(state);
    const answer: SyncAnswer = {
      ok: true,
      now: Date.now(),
      audiences: audiences.map((audience) => boards.since(audience, cursors[audience])),
    };
    reply(answer);
    for (const message of dependencies.latestSignals()) socket.emit('signal', message);
  };

  const handlers = new Map<string, (payload: unknown, reply: Reply) => Promise<void>>([
    ['command', async (payload, reply) => reply(await command(payload))],
    ['sync', sync],
  ]);
  const respond = mediaResponder(socket, media, readState);
  for (const name of Object.keys(mediaRequests) as MediaRequestName[]) {
    handlers.set(name, async (payload, reply) =>
      reply({ ok: true, ...(await respond(name, payload)) }),
    );
  }

  socket.onAny((event: string, ...values: unknown[]) => {
    const last = values.at(-1);
    const reply: Reply =
      typeof last === 'function'
        ? (last as Reply)
        : (answer) => {
            if ('error' in answer) socket.emit('refused', answer.error as ProtocolError);
          };
    const handle = handlers.get(event);
    limiter
      .consume(actor.sessionId)
      .catch(() => {
        throw new Refusal('rate_limited');
      })
      .then(() => {
        if (!handle) throw new Refusal('unknown_event');
        return handle(values.length > 1 || typeof last !== 'function' ? values[0] : {}, reply);
      })
      .catch((error: unknown) => {
        const refusal = refusalOf(error);
        if (!refusal) log.error({ err: error, event, dialogueId }, 'a request failed');
        reply({ ok: false, error: refusal ?? { code: 'internal' } });
      });
  });

  socket.on('disconnect', () => {
    media.leave(socket.id);
    dependencies.onGone();
  });
}
