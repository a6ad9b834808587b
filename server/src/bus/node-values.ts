import type { Bus, NodeValue, NodeValues, ValuesMessage } from '../dialogue/nodes/ports.ts';

/** Changes go out at most this often, in ms: about five a second. */
const intervalMs = 200;
/** How often a node says that it is there, in ms. */
const aliveMs = 1_000;
/** A node that was not heard of for so long is gone, in ms. */
const goneMs = 5_000;

interface Other {
  heardAt: number;
  /** What it last said; -1: all of it is to come. */
  version: number;
  values: Map<string, NodeValue>;
}

/** Values by node over a bus that may lose messages: whoever sees a gap asks for all of them. */
export class BusNodeValues implements NodeValues {
  private readonly bus: Bus;
  private readonly own = new Map<string, NodeValue>();
  private readonly others = new Map<string, Other>();
  private readonly listeners: ((key: string, nodeId: string, value: NodeValue | null) => void)[] =
    [];
  private readonly unsubscribe: () => void;
  private readonly beating: NodeJS.Timeout;
  private version = 0;
  private changed = new Set<string>();
  private sending: NodeJS.Timeout | null = null;
  private sentAt = -Infinity;
  private isClosed = false;

  constructor(bus: Bus) {
    this.bus = bus;
    this.unsubscribe = bus.subscribe('values', (message, from) => this.hear(message, from));
    this.beating = setInterval(() => this.beat(), aliveMs).unref();
    bus.onUp(() => {
      for (const other of this.others.values()) other.heardAt = performance.now();
      this.beat();
    });
    this.beat();
  }

  set(key: string, value: NodeValue | null): void {
    if (this.isClosed) return;
    if (value === null) this.own.delete(key);
    else this.own.set(key, value);
    this.changed.add(key);
    // The first change at once, and what comes after it together.
    const waitMs = Math.max(0, this.sentAt + intervalMs - performance.now());
    this.sending ??= setTimeout(() => this.send(), waitMs).unref();
  }

  onChange(listener: (key: string, nodeId: string, value: NodeValue | null) => void): void {
    this.listeners.push(listener);
    // A part that opens after this one, when others have said all they know, hears of that too.
    setImmediate(() => {
      if (this.isClosed) return;
      for (const [nodeId, { values }] of this.others) {
        for (const [key, value] of values) listener(key, nodeId, value);
      }
    });
  }

  nodes(): string[] {
    return [...this.others.keys()];
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    clearInterval(this.beating);
    if (this.sending) clearTimeout(this.sending);
    this.unsubscribe();
    this.say({ kind: 'gone' });
  }

  private send(): void {
    this.sending = null;
    this.sentAt = performance.now();
    this.version += 1;
    const values: Record<string, NodeValue | null> = {};
    for (const key of this.changed) values[key] = this.own.get(key) ?? null;
    this.changed.clear();
    this.say({ kind: 'changed', version: this.version, values });
  }

  private beat(): void {
    this.say({ kind: 'alive', version: this.version });
    // While nobody can be heard, silence says nothing of the others.
    if (!this.bus.isUp) return;
    const now = performance.now();
    for (const [nodeId, { heardAt }] of this.others) {
      if (now - heardAt > goneMs) this.forget(nodeId);
    }
  }

  private hear(message: ValuesMessage, from: string): void {
    if (message.kind === 'gone') return this.forget(from);
    if (message.kind === 'ask') {
      if (message.nodeId !== this.bus.nodeId) return;
      const values = Object.fromEntries(this.own);
      return this.say({ kind: 'all', version: this.version, values });
    }
    const known = this.others.get(from);
    const other = known ?? { heardAt: 0, version: -1, values: new Map() };
    this.others.set(from, other);
    // A newcomer hears at once who is there.
    if (!known) this.say({ kind: 'alive', version: this.version });
    other.heardAt = performance.now();
    if (message.kind === 'all') {
      const vanished = [...other.values.keys()].filter((key) => !(key in message.values));
      this.take(from, other, message.values);
      for (const key of vanished) this.put(from, other, key, null);
      other.version = message.version;
      return;
    }
    const expected = message.kind === 'changed' ? message.version - 1 : message.version;
    if (message.kind === 'changed') this.take(from, other, message.values);
    if (other.version === expected) other.version = message.version;
    else this.say({ kind: 'ask', nodeId: from });
  }

  private take(
    from: string,
    other: Other,
    values: Readonly<Record<string, NodeValue | null>>,
  ): void {
    for (const [key, value] of Object.entries(values)) this.put(from, other, key, value);
  }

  private put(from: string, other: Other, key: string, value: NodeValue | null): void {
    if (value === null ? !other.values.delete(key) : !this.isNew(other, key, value)) return;
    for (const listener of this.listeners) listener(key, from, value);
  }

  private isNew({ values }: Other, key: string, value: NodeValue): boolean {
    const before = values.get(key);
    values.set(key, value);
    return JSON.stringify(before) !== JSON.stringify(value);
  }

  private forget(nodeId: string): void {
    const other = this.others.get(nodeId);
    if (!other) return;
    this.others.delete(nodeId);
    for (const key of other.values.keys()) {
      for (const listener of this.listeners) listener(key, nodeId, null);
    }
  }

  private say(message: ValuesMessage): void {
    this.bus.publish('values', message);
  }
}
