import type { NodeValues } from '../../dialogue/nodes/ports.ts';
import type { GatewaySocket } from './gateway-socket.ts';
import { NodeParts } from './node-parts.ts';

export type HandleDesks = (dialogueId: string, accountIds: ReadonlySet<string>) => void;

/**
 * Accounts of which a page is open, at whichever node, that can talk with a hall's technician: it
 * has joined the media, and has not left.
 */
export class DeskEnds {
  /** This node's pages, by dialogue and account. */
  private readonly pages = new Map<string, Set<GatewaySocket>>();
  private readonly dialogues = new Map<string, Set<string>>();
  private readonly parts: NodeParts<true>;

  constructor(values: NodeValues, onDesks: HandleDesks) {
    this.parts = new NodeParts({
      values,
      name: 'desk',
      combine: () => true,
      tell: (dialogueId, accountId, now) => {
        const accounts = this.dialogues.get(dialogueId) ?? new Set<string>();
        if (now) this.dialogues.set(dialogueId, accounts.add(accountId));
        else if (accounts.delete(accountId) && accounts.size === 0) {
          this.dialogues.delete(dialogueId);
        }
        onDesks(dialogueId, accounts);
      },
    });
  }

  /** Call when a socket has joined the media, has left them, or is gone. */
  handle(socket: GatewaySocket): void {
    const { actor, dialogueId, peer } = socket.data;
    if (actor.kind !== 'staff') return;
    const key = `${dialogueId} ${actor.accountId}`;
    const pages = this.pages.get(key) ?? new Set<GatewaySocket>();
    const isThere = socket.connected && peer?.mayWatch === true;
    if (pages.has(socket) === isThere) return;
    if (isThere) this.pages.set(key, pages.add(socket));
    else if (pages.delete(socket) && pages.size === 0) this.pages.delete(key);
    this.parts.set(dialogueId, actor.accountId, pages.size > 0 ? true : null);
  }
}
