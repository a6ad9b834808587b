import type { BridgePointPresence } from '@nhip-cau/shared/protocol/signals';
import { roomOf } from './audiences.ts';
import type { SignalBoard } from './signals.ts';
import type { GatewaySocket } from './types.ts';

export type HandleLinks = (
  dialogueId: string,
  links: ReadonlyMap<string, BridgePointPresence>,
) => void;

/** Which halls of each dialogue are connected, and with what. Kept from the sockets alone. */
export class Presence {
  private readonly signals: SignalBoard;
  private readonly onLinks: HandleLinks;
  private readonly sockets = new Map<string, Map<string, Set<GatewaySocket>>>();
  private readonly feeds = new Map<
    string,
    Map<string, Pick<BridgePointPresence, 'camera' | 'microphone'>>
  >();
  private readonly totals = new Map<string, number>();

  constructor(signals: SignalBoard, onLinks: HandleLinks) {
    this.signals = signals;
    this.onLinks = onLinks;
  }

  add(socket: GatewaySocket): void {
    const place = this.placeOf(socket, true);
    if (!place) return;
    place.add(socket);
    this.tell(socket.data.dialogueId);
  }

  remove(socket: GatewaySocket): void {
    if (!this.placeOf(socket, false)?.delete(socket)) return;
    this.tell(socket.data.dialogueId);
  }

  /** A hall's camera or microphone began or ceased to be sent. */
  setFeed(
    dialogueId: string,
    bridgePointId: string,
    sends: Pick<BridgePointPresence, 'camera' | 'microphone'>,
  ): void {
    const feeds = this.feeds.get(dialogueId) ?? new Map<string, typeof sends>();
    this.feeds.set(dialogueId, feeds);
    if (sends.camera || sends.microphone) feeds.set(bridgePointId, sends);
    else feeds.delete(bridgePointId);
    this.tell(dialogueId);
  }

  /** How many halls the dialogue has. */
  setTotal(dialogueId: string, total: number): void {
    if (this.totals.get(dialogueId) === total) return;
    this.totals.set(dialogueId, total);
    this.tell(dialogueId);
  }

  /** Sockets connected now, over all dialogues. */
  count(): number {
    let count = 0;
    for (const halls of this.sockets.values()) for (const at of halls.values()) count += at.size;
    return count;
  }

  private placeOf(socket: GatewaySocket, create: boolean): Set<GatewaySocket> | undefined {
    const { actor, dialogueId } = socket.data;
    if (actor.kind !== 'device') return undefined;
    const halls = this.sockets.get(dialogueId) ?? new Map<string, Set<GatewaySocket>>();
    const place = halls.get(actor.bridgePointId) ?? new Set<GatewaySocket>();
    if (create) {
      this.sockets.set(dialogueId, halls);
      halls.set(actor.bridgePointId, place);
    }
    return place;
  }

  private tell(dialogueId: string): void {
    const bridgePoints: Record<string, BridgePointPresence> = {};
    let connected = 0;
    for (const [bridgePointId, sends] of this.feeds.get(dialogueId) ?? []) {
      bridgePoints[bridgePointId] = { computer: false, screens: 0, ...sends };
    }
    for (const [bridgePointId, sockets] of this.sockets.get(dialogueId) ?? []) {
      if (sockets.size === 0) continue;
      const presence = { ...nothing, ...bridgePoints[bridgePointId], ...pagesOf(sockets) };
      bridgePoints[bridgePointId] = presence;
      if (presence.computer) connected += 1;
    }
    this.signals.set(dialogueId, roomOf(dialogueId, 'desk'), 'presence', { bridgePoints });
    this.signals.set(dialogueId, roomOf(dialogueId, 'host'), 'presence', { bridgePoints });
    this.signals.set(dialogueId, roomOf(dialogueId, 'everyone'), 'connected', {
      bridgePoints: connected,
      of: this.totals.get(dialogueId) ?? 0,
    });
    this.onLinks(dialogueId, new Map(Object.entries(bridgePoints)));
  }
}

const nothing: BridgePointPresence = {
  computer: false,
  screens: 0,
  camera: false,
  microphone: false,
};

function pagesOf(
  sockets: ReadonlySet<GatewaySocket>,
): Pick<BridgePointPresence, 'computer' | 'screens'> {
  let screens = 0;
  for (const { data } of sockets) {
    if (data.actor.kind === 'device' && data.actor.role === 'screen') screens += 1;
  }
  return { computer: screens < sockets.size, screens };
}
