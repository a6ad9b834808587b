import type { BridgePointPresence } from '@nhip-cau/shared/protocol/signals';
import type { NodeValues } from '../../dialogue/nodes/ports.ts';
import { roomOf } from './audiences.ts';
import type { GatewaySocket } from './gateway-socket.ts';
import { NodeParts } from './node-parts.ts';
import type { SignalBoard } from './signals.ts';

export type HandleLinks = (
  dialogueId: string,
  links: ReadonlyMap<string, BridgePointPresence>,
) => void;

type Sends = Pick<BridgePointPresence, 'camera' | 'microphone'>;

/** One dialogue's halls. */
class Halls {
  readonly sockets = new Map<string, Set<GatewaySocket>>();
  readonly feeds = new Map<string, Sends>();
  /** What is there now, at whichever node, of those where anything is. */
  readonly present = new Map<string, BridgePointPresence>();
  /** Halls whose computer is connected. */
  connected = 0;
  total = 0;
}

/**
 * Which halls of each dialogue are connected, and with what: kept from the sockets alone, those of
 * this node and what other nodes say of theirs.
 */
export class Presence {
  private readonly signals: SignalBoard;
  private readonly onLinks: HandleLinks;
  private readonly dialogues = new Map<string, Halls>();
  private readonly parts: NodeParts<BridgePointPresence>;

  constructor(signals: SignalBoard, values: NodeValues, onLinks: HandleLinks) {
    this.signals = signals;
    this.onLinks = onLinks;
    this.parts = new NodeParts({
      values,
      name: 'hall',
      combine: together,
      tell: (dialogueId, bridgePointId, now) => this.tell(dialogueId, bridgePointId, now),
    });
  }

  add(socket: GatewaySocket): void {
    const { actor, dialogueId } = socket.data;
    if (actor.kind !== 'device') return;
    const { sockets } = this.hallsOf(dialogueId);
    const at = sockets.get(actor.bridgePointId) ?? new Set<GatewaySocket>();
    sockets.set(actor.bridgePointId, at.add(socket));
    this.handleOwn(dialogueId, actor.bridgePointId);
  }

  remove(socket: GatewaySocket): void {
    const { actor, dialogueId } = socket.data;
    if (actor.kind !== 'device') return;
    const { sockets } = this.hallsOf(dialogueId);
    const at = sockets.get(actor.bridgePointId);
    if (!at?.delete(socket)) return;
    if (at.size === 0) sockets.delete(actor.bridgePointId);
    this.handleOwn(dialogueId, actor.bridgePointId);
  }

  /** A hall's camera or microphone began or ceased to be sent. */
  setFeed(dialogueId: string, bridgePointId: string, sends: Sends): void {
    const { feeds } = this.hallsOf(dialogueId);
    if (sends.camera || sends.microphone) feeds.set(bridgePointId, sends);
    else feeds.delete(bridgePointId);
    this.handleOwn(dialogueId, bridgePointId);
  }

  /** How many halls the dialogue has. */
  setTotal(dialogueId: string, total: number): void {
    const halls = this.hallsOf(dialogueId);
    if (halls.total === total) return;
    halls.total = total;
    this.tellConnected(dialogueId, halls);
  }

  /** Sockets of halls connected to this node now, over all dialogues. */
  count(): number {
    let count = 0;
    for (const { sockets } of this.dialogues.values()) {
      for (const at of sockets.values()) count += at.size;
    }
    return count;
  }

  private hallsOf(dialogueId: string): Halls {
    const halls = this.dialogues.get(dialogueId) ?? new Halls();
    this.dialogues.set(dialogueId, halls);
    return halls;
  }

  private handleOwn(dialogueId: string, bridgePointId: string): void {
    const own = presenceAt(this.hallsOf(dialogueId), bridgePointId);
    this.parts.set(dialogueId, bridgePointId, own);
  }

  private tell(dialogueId: string, bridgePointId: string, now: BridgePointPresence | null): void {
    const halls = this.hallsOf(dialogueId);
    const wasConnected = halls.present.get(bridgePointId)?.computer ?? false;
    if (now === null) halls.present.delete(bridgePointId);
    else halls.present.set(bridgePointId, now);
    for (const audience of ['desk', 'host'] as const) {
      const room = roomOf(dialogueId, audience);
      this.signals.setHall(dialogueId, room, 'presence', bridgePointId, now);
    }
    const isConnected = now?.computer ?? false;
    if (isConnected !== wasConnected) {
      halls.connected += isConnected ? 1 : -1;
      this.tellConnected(dialogueId, halls);
    }
    this.onLinks(dialogueId, halls.present);
  }

  private tellConnected(dialogueId: string, { connected, total }: Halls): void {
    this.signals.set(dialogueId, roomOf(dialogueId, 'everyone'), 'connected', {
      bridgePoints: connected,
      of: total,
    });
  }
}

function together(parts: readonly BridgePointPresence[]): BridgePointPresence {
  return {
    computer: parts.some(({ computer }) => computer),
    screens: parts.reduce((sum, { screens }) => sum + screens, 0),
    camera: parts.some(({ camera }) => camera),
    microphone: parts.some(({ microphone }) => microphone),
  };
}

function presenceAt(halls: Halls, bridgePointId: string): BridgePointPresence | null {
  const sockets = halls.sockets.get(bridgePointId);
  const sends = halls.feeds.get(bridgePointId);
  if (!sockets && !sends) return null;
  let screens = 0;
  for (const { data } of sockets ?? []) {
    if (data.actor.kind === 'device' && data.actor.role === 'screen') screens += 1;
  }
  const computer = screens < (sockets?.size ?? 0);
  return { computer, screens, camera: false, microphone: false, ...sends };
}
