import type { GatewaySocket } from './gateway-socket.ts';

/** Many pages of one person; far fewer than would be a burden. */
const maxSockets = 20;

/** The sockets of each session, oldest first. */
export class SessionSockets {
  private readonly sockets = new Map<string, Set<GatewaySocket>>();

  /** Keeps the socket; the session's oldest gives way where there are too many. */
  add(socket: GatewaySocket): void {
    const { sessionId } = socket.data.actor;
    const its = this.sockets.get(sessionId) ?? new Set();
    this.sockets.set(sessionId, its.add(socket));
    // The newest is the one that somebody looks at; the oldest may be a dropped line's remains.
    if (its.size > maxSockets) its.values().next().value!.disconnect();
  }

  remove(socket: GatewaySocket): void {
    const { sessionId } = socket.data.actor;
    const its = this.sockets.get(sessionId);
    its?.delete(socket);
    if (its?.size === 0) this.sockets.delete(sessionId);
  }

  of(sessionId: string): GatewaySocket[] {
    return [...(this.sockets.get(sessionId) ?? [])];
  }
}
