import { createClient } from 'redis';
import type { Bus, BusTopic } from '../dialogue/nodes/ports.ts';
import type { NodeLink } from './node-link.ts';
import { createRedisCounters } from './redis-counters.ts';
import { createRedisLeases } from './redis-leases.ts';
import { Topics } from './topics.ts';

export interface RedisOptions {
  /** `redis://…` or `rediss://…` */
  url: string;
  /** Names of keys and channels begin with it: those who share it are nodes of one installation. */
  prefix: string;
  nodeId: string;
  /** How long a lease outlives its holder, in ms. */
  leaseTtlMs?: number;
  /** Whether it is heard of now; at each change. */
  onState?: (isUp: boolean) => void;
}

const defaultLeaseTtlMs = 4_000;
/** How often this node listens for its own voice, in ms. */
const echoMs = 500;
/** So long without it and nobody is heard, whatever the connection says; in ms. */
const deafMs = 3_000;
/** How long a start waits for Redis before it goes on without, in ms. */
const firstConnectionMs = 2_000;

type Client = ReturnType<typeof openClient>;

/**
 * The way to other nodes over Redis: publish and subscribe, and leases. Redis may be away at any
 * time, at the start too; it is tried again until `close`.
 */
export async function connectRedis(options: RedisOptions): Promise<NodeLink> {
  const { url, prefix, nodeId, leaseTtlMs = defaultLeaseTtlMs } = options;
  const client = openClient(url);
  const listener = openClient(url);
  const bus = new RedisBus({ client, listener }, options);
  const leases = createRedisLeases(client, { prefix, holder: nodeId, ttlMs: leaseTtlMs });
  const { promise: settled, resolve } = Promise.withResolvers<void>();
  const patience = setTimeout(resolve, firstConnectionMs);
  bus.onUp(resolve);
  // Both go on trying by themselves; only `close` ends that.
  client.connect().catch(() => {});
  listener.connect().then(
    () => bus.listen(),
    () => {},
  );
  await settled;
  clearTimeout(patience);
  let closing: Promise<void> | null = null;
  const close = async () => {
    bus.close();
    await leases.releaseAll();
    for (const one of [client, listener]) if (one.isOpen) one.destroy();
  };
  return {
    bus,
    leases,
    counters: createRedisCounters(client, { prefix, isUp: () => bus.isUp }),
    close: () => (closing ??= close()),
  };
}

function openClient(url: string) {
  const client = createClient({
    url,
    // What is late is worthless here: leases end, counters start over, messages are made up for.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 6), 1_000),
    },
  });
  // Without a listener an error would end the process; that it is away is told by `onState`.
  client.on('error', () => {});
  return client;
}

class RedisBus implements Bus {
  readonly nodeId: string;
  private readonly clients: { client: Client; listener: Client };
  private readonly channel: string;
  private readonly topics = new Topics();
  private readonly upListeners: (() => void)[] = [];
  private readonly onState: (isUp: boolean) => void;
  private readonly echo: NodeJS.Timeout;
  private heardAt = -Infinity;
  private wasUp = false;
  private isClosed = false;

  constructor(clients: { client: Client; listener: Client }, options: RedisOptions) {
    this.clients = clients;
    this.nodeId = options.nodeId;
    this.channel = `${options.prefix}bus`;
    this.onState = options.onState ?? (() => {});
    this.echo = setInterval(() => this.beat(), echoMs).unref();
  }

  get isUp(): boolean {
    const { client, listener } = this.clients;
    const isHeard = performance.now() - this.heardAt < deafMs;
    return isHeard && client.isReady && listener.isReady && !this.isClosed;
  }

  /** The client subscribes again by itself whenever it is back. */
  listen(): void {
    const { listener } = this.clients;
    listener
      .subscribe(this.channel, (text) => this.hear(text))
      .then(
        () => this.beat(),
        () => setTimeout(() => !this.isClosed && this.listen(), echoMs),
      );
  }

  publish(topic: BusTopic, message: unknown): void {
    this.send({ from: this.nodeId, topic, message });
  }

  subscribe: Bus['subscribe'] = (topic, listener) => this.topics.add(topic, listener);

  onUp(listener: () => void): void {
    this.upListeners.push(listener);
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.echo);
  }

  private beat(): void {
    this.notice();
    this.send({ from: this.nodeId });
  }

  private send(said: Said): void {
    const { client } = this.clients;
    if (client.isReady) client.publish(this.channel, JSON.stringify(said)).catch(() => {});
  }

  private hear(text: string): void {
    if (this.isClosed) return;
    const { from, topic, message } = JSON.parse(text) as Said;
    if (from === this.nodeId) {
      this.heardAt = performance.now();
      this.notice();
    } else if (topic !== undefined) {
      this.topics.tell(topic, message as never, from);
    }
  }

  private notice(): void {
    const { isUp } = this;
    if (isUp === this.wasUp) return;
    this.wasUp = isUp;
    this.onState(isUp);
    if (isUp) for (const listener of [...this.upListeners]) listener();
  }
}

/** Without a topic: this node's own voice, to hear whether it is heard. */
interface Said {
  from: string;
  topic?: BusTopic;
  message?: unknown;
}
