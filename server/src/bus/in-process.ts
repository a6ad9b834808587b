import { randomUUID } from 'node:crypto';
import type { BusMessages, BusTopic, Lease } from '../dialogue/nodes/ports.ts';
import type { NodeLink } from './node-link.ts';
import { Topics } from './topics.ts';

interface Held {
  token: number;
  nodeId: string;
  lose: () => void;
}

/**
 * Nodes of one process: the server's only one, or several in a test. Nothing is lost between them;
 * messages come in a later step of the event loop, as from elsewhere.
 */
export class InProcessNodes {
  private readonly topics = new Map<string, Topics>();
  private readonly held = new Map<string, Held>();
  private lastToken = 0;

  /** A new node. */
  join(nodeId: string = randomUUID()): NodeLink {
    const topics = new Topics();
    this.topics.set(nodeId, topics);
    return {
      bus: {
        nodeId,
        isUp: true,
        publish: (topic, message) => this.publish(nodeId, topic, message),
        subscribe: (topic, listener) => topics.add(topic, listener),
        onUp: () => {},
      },
      counters: null,
      leases: { acquire: (name) => Promise.resolve(this.acquire(nodeId, name)) },
      close: () => Promise.resolve(this.leave(nodeId)),
    };
  }

  private publish<Topic extends BusTopic>(
    from: string,
    topic: Topic,
    message: BusMessages[Topic],
  ): void {
    if (!this.topics.has(from) || this.topics.size === 1) return;
    const sent = structuredClone(message);
    setImmediate(() => {
      for (const [nodeId, topics] of this.topics) {
        if (nodeId !== from) topics.tell(topic, sent, from);
      }
    });
  }

  private acquire(nodeId: string, name: string): Lease | null {
    if (this.held.has(name) || !this.topics.has(nodeId)) return null;
    this.lastToken += 1;
    const token = this.lastToken;
    const listeners: (() => void)[] = [];
    this.held.set(name, { token, nodeId, lose: () => listeners.forEach((listen) => listen()) });
    const isHeld = () => this.held.get(name)?.token === token;
    return {
      token,
      get isHeld() {
        return isHeld();
      },
      onLost: (listener) => void listeners.push(listener),
      release: () => {
        if (isHeld()) this.held.delete(name);
        return Promise.resolve();
      },
    };
  }

  private leave(nodeId: string): void {
    this.topics.delete(nodeId);
    for (const [name, held] of this.held) {
      if (held.nodeId !== nodeId) continue;
      this.held.delete(name);
      held.lose();
    }
  }
}
