import type { ProtocolError } from '@nhip-cau/shared/protocol/errors';
import type {
  MediaNotificationName,
  MediaNotifications,
  MediaRequestInput,
  MediaRequestName,
  MediaResponses,
} from '@nhip-cau/shared/protocol/media';
import type { ConnectionStatus, DialogueConnection } from './dialogue-connection.ts';
import { Emitter } from '../emitter.ts';

/** `reconnected`: what stood in the room before is gone; join again. */
export interface SignallerEvents extends MediaNotifications {
  reconnected: Record<string, never>;
}

/** A refused request, with the protocol's code; `unavailable` when no answer came. */
export class RequestError extends Error {
  readonly code: ProtocolError['code'];
  readonly details: ProtocolError['details'];

  constructor({ code, details }: ProtocolError) {
    super(code);
    this.name = 'RequestError';
    this.code = code;
    this.details = details;
  }
}

type Answer = ({ ok: true } & object) | { ok: false; error: ProtocolError };

const answerTimeoutMs = 10_000;

/**
 * Media signalling over whichever connection stands now: listeners outlast a connection.
 * `request` rejects with a `RequestError` when refused, unanswered or offline.
 */
export class MediaSignaller extends Emitter<SignallerEvents> {
  private socket: DialogueConnection['socket'] | null = null;

  /** Follows this connection instead of the one before. */
  attach(connection: DialogueConnection): void {
    this.socket = connection.socket;
    connection.socket.onAny((name: string, value: unknown) => {
      if (name.startsWith('media:')) this.emit(name as MediaNotificationName, value as never);
    });
    let before: ConnectionStatus = connection.status;
    connection.on('status', (status) => {
      if (status === 'online' && before === 'offline') this.emit('reconnected', {});
      before = status;
    });
  }

  async request<Name extends MediaRequestName>(
    name: Name,
    payload: MediaRequestInput<Name>,
  ): Promise<MediaResponses[Name]> {
    const answer = await this.ask(name, payload);
    if (!answer.ok) throw new RequestError(answer.error);
    const { ok: _ok, ...response } = answer;
    return response as MediaResponses[Name];
  }

  private async ask(name: MediaRequestName, payload: unknown): Promise<Answer> {
    const silent: Answer = { ok: false, error: { code: 'unavailable' } };
    if (!this.socket?.connected) return silent;
    try {
      return (await this.socket.timeout(answerTimeoutMs).emitWithAck(name, payload)) as Answer;
    } catch {
      return silent;
    }
  }
}
