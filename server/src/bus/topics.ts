import type { BusListener, BusMessages, BusTopic } from '../dialogue/nodes/ports.ts';

type Listeners = { [Topic in BusTopic]?: Set<BusListener<Topic>> };

/** The listeners of one node, by topic. */
export class Topics {
  private readonly listeners: Listeners = {};

  add<Topic extends BusTopic>(topic: Topic, listener: BusListener<Topic>): () => void {
    const those = this.of(topic);
    those.add(listener);
    return () => void those.delete(listener);
  }

  tell<Topic extends BusTopic>(topic: Topic, message: BusMessages[Topic], from: string): void {
    for (const listener of [...this.of(topic)]) listener(message, from);
  }

  private of<Topic extends BusTopic>(topic: Topic): Set<BusListener<Topic>> {
    const those: Set<BusListener<Topic>> = this.listeners[topic] ?? new Set();
    (this.listeners as Record<BusTopic, unknown>)[topic] = those;
    return those;
  }
}
