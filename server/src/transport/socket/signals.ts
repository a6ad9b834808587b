import type { HallHealth } from '@nhip-cau/shared/model/health';
import type { HallDevices } from '@nhip-cau/shared/protocol/health';
import type {
  BridgePointPresence,
  SignalMessage,
  SignalName,
  Signals,
} from '@nhip-cau/shared/protocol/signals';

/** Signals that tell hall by hall. */
export interface HallSignals {
  presence: BridgePointPresence;
  health: HallHealth;
  devices: HallDevices;
}

export type HallSignalName = keyof HallSignals;
type HallValue = {
  full: boolean;
  bridgePoints: Record<string, HallSignals[HallSignalName] | null>;
};

/** Each signal goes out at most this often, in ms: about five a second. */
const intervalMs = 200;

/**
 * Latest wins: between two sendings a newer value replaces an older one. Newcomers are given the
 * latest values, so that a signal lost on the way is soon mended. Of what is told hall by hall only
 * what changed is sent to those who know the rest.
 */
export class SignalBoard {
  private readonly send: (room: string, message: SignalMessage) => void;
  private readonly latest = new Map<string, Map<SignalName, SignalMessage>>();
  private readonly due = new Map<string, { message: SignalMessage; timer: NodeJS.Timeout }>();
  /** When each may go out again, by `performance.now`; after a while of silence at once. */
  private readonly nextAt = new Map<string, number>();

  constructor(send: (room: string, message: SignalMessage) => void) {
    this.send = send;
  }

  set<Name extends SignalName>(
    dialogueId: string,
    room: string,
    name: Name,
    value: Signals[Name],
  ): void {
    const message = { dialogueId, name, value } as SignalMessage;
    this.keep(room, message);
    this.schedule(room, message);
  }

  /** One hall's part of a signal: what is there now, `null` when nothing is. */
  setHall<Name extends HallSignalName>(
    dialogueId: string,
    room: string,
    name: Name,
    bridgePointId: string,
    now: HallSignals[Name] | null,
  ): void {
    const known = this.latest.get(room)?.get(name);
    const all = (known && byHall(known)?.bridgePoints) ?? {};
    if (now === null) delete all[bridgePointId];
    else all[bridgePointId] = now;
    const value = { full: true, bridgePoints: all };
    this.keep(room, { dialogueId, name, value } as SignalMessage);
    const due = this.due.get(`${room} ${name}`)?.message;
    // What waits is this board's own: hundreds of halls are joined without copying.
    const waiting = due && byHall(due);
    if (waiting) waiting.bridgePoints[bridgePointId] = now;
    else {
      const changed = { full: false, bridgePoints: { [bridgePointId]: now } };
      this.schedule(room, { dialogueId, name, value: changed } as SignalMessage);
    }
  }

  /** The latest signals of these rooms, whole. */
  current(rooms: Iterable<string>): SignalMessage[] {
    return [...rooms].flatMap((room) => [...(this.latest.get(room)?.values() ?? [])]);
  }

  close(): void {
    for (const { timer } of this.due.values()) clearTimeout(timer);
    this.due.clear();
  }

  private keep(room: string, message: SignalMessage): void {
    const signals = this.latest.get(room) ?? new Map<SignalName, SignalMessage>();
    this.latest.set(room, signals.set(message.name, message));
  }

  private schedule(room: string, message: SignalMessage): void {
    const key = `${room} ${message.name}`;
    const due = this.due.get(key);
    if (due) {
      due.message = joinSignals(due.message, message);
      return;
    }
    const waitMs = Math.max(0, (this.nextAt.get(key) ?? 0) - performance.now());
    this.due.set(key, { message, timer: setTimeout(() => this.flush(room, key), waitMs) });
  }

  private flush(room: string, key: string): void {
    const { message } = this.due.get(key)!;
    this.due.delete(key);
    this.nextAt.set(key, performance.now() + intervalMs);
    this.send(room, message);
  }
}

/** What one message says that stands for both: the later one, and the halls that only the other has. */
export function joinSignals(earlier: SignalMessage, later: SignalMessage): SignalMessage {
  const [before, after] = [byHall(earlier), byHall(later)];
  if (!before || !after || after.full) return later;
  const bridgePoints = { ...before.bridgePoints, ...after.bridgePoints };
  return { ...later, value: { full: before.full, bridgePoints } } as SignalMessage;
}

const hallSignals: ReadonlySet<SignalName> = new Set<HallSignalName>([
  'presence',
  'health',
  'devices',
]);

/** What a signal tells hall by hall; `null` of one that tells otherwise. */
function byHall({ name, value }: SignalMessage): HallValue | null {
  return hallSignals.has(name) ? (value as HallValue) : null;
}
