import type { CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import type { MediaNotifications, MediaRequestName } from '@nhip-cau/shared/protocol/media';
import type {
  ClientEvents,
  Principal,
  ServerEvents,
  SyncAnswer,
} from '@nhip-cau/shared/protocol/socket';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';

type Received = ServerEvents & {
  [Name in keyof MediaNotifications]: (value: MediaNotifications[Name]) => void;
};

type Sent = {
  command: (envelope: unknown, answer: (outcome: CommandOutcome) => void) => void;
  sync: (request: unknown, answer: (outcome: SyncAnswer) => void) => void;
  handling: ClientEvents['handling'];
  editing: ClientEvents['editing'];
  typing: ClientEvents['typing'];
  health: ClientEvents['health'];
} & { [Name in MediaRequestName]: (request: unknown, answer: (response: unknown) => void) => void };

/** A socket of one dialogue, typed by the protocol. */
export type DialogueSocket = Socket<Received, Sent>;

/** Whom the socket speaks for. A hall's computer that shows the hall's screen says so. */
export interface SocketAuth {
  principal: Principal;
  dialogueId: string;
  page?: 'screen' | undefined;
}

/**
 * A socket that is not yet connected. WebSocket only; when to try again is the connection's
 * decision, not the library's.
 */
export function openSocket(auth: SocketAuth): DialogueSocket {
  return io({
    auth,
    autoConnect: false,
    forceNew: true,
    reconnection: false,
    // A path that opened and went before the first word says nothing: this long is enough.
    timeout: 8_000,
    transports: ['websocket'],
  });
}
