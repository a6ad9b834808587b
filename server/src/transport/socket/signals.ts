import type { SignalMessage, SignalName, Signals } from '@nhip-cau/shared/protocol/signals';

/** Signals go out at most this often, in ms: about five a second. */
const intervalMs = 200;

/**
 * Latest wins: between two sendings a newer value replaces an older one; an unchanged one is not
 * sent. Newcomers are given the latest values, so that a signal lost on the way is soon mended.
 */
export class SignalBoard {
  private readonly send: (room: string, message: SignalMessage) => void;
  private readonly latest = new Map<string, { room: string; message: SignalMessage }>();
  private readonly due = new Set<string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(send: (room: string, message: SignalMessage) => void) {
    this.send = send;
  }

  set<Name extends SignalName>(
    dialogueId: string,
    room: string,
    name: Name,
    value: Signals[Name],
  ): void {
    const key = `${room} ${name}`;
    this.latest.set(key, { room, message: { dialogueId, name, value } as SignalMessage });
    this.due.add(key);
    this.timer ??= setTimeout(() => this.flush(), intervalMs);
  }

  /** The latest signals of these rooms. */
  current(rooms: ReadonlySet<string>): SignalMessage[] {
    return [...this.latest.values()]
      .filter(({ room }) => rooms.has(room))
      .map(({ message }) => message);
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private flush(): void {
    this.timer = null;
    for (const key of this.due) {
      const signal = this.latest.get(key);
      if (signal) this.send(signal.room, signal.message);
    }
    this.due.clear();
  }
}
