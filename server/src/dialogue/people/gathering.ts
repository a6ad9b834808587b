/**
 * Calls that come while one is under way share the next one. So their number depends on how long
 * one takes, and not on how many want something at once.
 */
export class Gathering<Item, Result> {
  private readonly act: (items: Item[]) => Promise<Result>;
  private waiting: Item[] = [];
  private next: Promise<Result> | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(act: (items: Item[]) => Promise<Result>) {
    this.act = act;
  }

  /** What the call gave that these items shared with others. */
  add(items: readonly Item[]): Promise<Result> {
    for (const item of items) this.waiting.push(item);
    this.next ??= this.begin();
    return this.next;
  }

  private async begin(): Promise<Result> {
    await this.running;
    const items = this.waiting;
    this.waiting = [];
    this.next = null;
    const acting = this.act(items);
    this.running = acting.catch(() => {});
    return acting;
  }
}
