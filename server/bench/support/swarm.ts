import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Collected, DeliveryTimes } from './collector.ts';

export type PeerKind = 'product' | 'socketio' | 'ws';

/** How clients speak: `follower`s keep the product's board, over reconnections too. */
export type ClientKind = PeerKind | 'follower';

export interface ConnectOrder {
  do: 'connect';
  /** Name of these connections from now on. */
  group: string;
  kind: ClientKind;
  url: string;
  count: number;
  /** Connections under way at once, in each process. */
  atOnce: number;
  dialogueId: string;
  /** One a client; left empty for peers that ask for none. */
  sessions: readonly { principal: string; cookie: string }[];
  localAddresses: string[];
  /** Whether `times` will be asked for. Default false. */
  keepsTimes?: boolean;
  /**
   * The processes look at their lines so often, from then on, as a network card gathers packets
   * before it tells of them. Default: they sleep until one comes, and each wakes them in the time
   * of the server that sends it.
   */
  looksEveryMs?: number;
}

export type SwarmOrder =
  | ConnectOrder
  | { do: 'reset' | 'collect' | 'times' | 'boards' | 'leave'; group: string }
  | { do: 'reconnect'; group: string; withinMs: number };

export interface SwarmAnswer {
  id: number;
  value?: unknown;
  error?: string;
}

/** One client's return. */
export interface Arrival {
  /** From its drop until it was current again, in ms. */
  tookMs: number;
  tries: number;
}

/** Client processes on this machine, apart from the server and from who measures. */
export class Swarm {
  private readonly children: ChildProcess[];
  private readonly waiting = new Map<number, (answer: SwarmAnswer) => void>();
  private nextId = 0;

  constructor(processes: number) {
    this.children = Array.from({ length: processes }, () => {
      const child = fork(join(import.meta.dirname, 'swarm-process.ts'), {
        execArgv: ['--max-semi-space-size=16'],
        serialization: 'advanced',
      });
      child.on('message', (answer: SwarmAnswer) => this.waiting.get(answer.id)?.(answer));
      return child;
    });
  }

  /** Connects `order.count` clients, shared out among the processes. */
  async connect(order: Omit<ConnectOrder, 'do' | 'localAddresses' | 'atOnce'>): Promise<void> {
    const each = Math.ceil(order.count / this.children.length);
    await Promise.all(
      this.children.map((child, index) => {
        const sessions = order.sessions.slice(index * each, (index + 1) * each);
        const count = Math.max(0, Math.min(each, order.count - index * each));
        const localAddresses = [1, 2, 3, 4].map((last) => `127.0.${index + 1}.${last}`);
        const own = { do: 'connect', count, sessions, localAddresses, atOnce: 50 } as const;
        return this.ask(child, { ...order, ...own });
      }),
    );
  }

  async reset(group: string): Promise<void> {
    await this.askAll({ do: 'reset', group });
  }

  /** What the group received since `reset`, all processes together. */
  async collect(group: string): Promise<Collected> {
    const parts = (await this.askAll({ do: 'collect', group })) as Collected[];
    const length = Math.max(...parts.map(({ deliveries }) => deliveries.length));
    return {
      faults: parts.reduce((sum, { faults }) => sum + faults, 0),
      deliveries: Array.from({ length }, (_, index) => {
        const received = parts.flatMap(({ deliveries }) => deliveries[index] ?? []);
        return {
          captions: received[0]!.captions,
          first: Math.min(...received.map(({ first }) => first)),
          last: Math.max(...received.map(({ last }) => last)),
          count: received.reduce((sum, { count }) => sum + count, 0),
        };
      }),
    };
  }

  /** When each client of the group had each delivery since `reset`; connect it with `keepsTimes`. */
  async times(group: string): Promise<DeliveryTimes[]> {
    const parts = (await this.askAll({ do: 'times', group })) as DeliveryTimes[][];
    const [longest = []] = parts.toSorted((a, b) => b.length - a.length);
    return longest.map(({ captions }, index) => {
      return { captions, times: parts.flatMap((part) => part[index]?.times ?? []) };
    });
  }

  /** Cuts all within `withinMs` and brings each back at once. */
  async reconnect(group: string, withinMs: number): Promise<Arrival[]> {
    return (await this.askAll({ do: 'reconnect', group, withinMs })).flat() as Arrival[];
  }

  /** How many followers hold each board, by its digest. */
  async boards(group: string): Promise<Map<string, number>> {
    const all = new Map<string, number>();
    for (const part of (await this.askAll({ do: 'boards', group })) as Map<string, number>[]) {
      for (const [digest, count] of part) all.set(digest, (all.get(digest) ?? 0) + count);
    }
    return all;
  }

  async leave(group: string): Promise<void> {
    await this.askAll({ do: 'leave', group });
  }

  async close(): Promise<void> {
    await Promise.all(
      this.children.map(async (child) => {
        if (child.exitCode !== null) return;
        const exited = once(child, 'exit');
        child.disconnect();
        await exited;
      }),
    );
  }

  private askAll(order: SwarmOrder): Promise<unknown[]> {
    return Promise.all(this.children.map((child) => this.ask(child, order)));
  }

  private ask(child: ChildProcess, order: SwarmOrder): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const handleExit = () => reject(new Error('a client process ended'));
      child.once('exit', handleExit);
      this.waiting.set(id, ({ value, error }) => {
        this.waiting.delete(id);
        child.off('exit', handleExit);
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
      child.send({ id, order });
    });
  }
}
