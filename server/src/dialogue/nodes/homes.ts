import type { Bus, Lease, Leases } from './ports.ts';

export interface HomesOptions {
  leases: Leases;
  bus: Bus;
  /** This node watches over the dialogue from now on. */
  onHome: (dialogueId: string) => void;
  /** Another one does, or may do so. */
  onLost: (dialogueId: string) => void;
}

/** How often a node asks for the homes that it does not have, in ms. */
const askMs = 1_000;

/**
 * Which dialogues this node is home to: the one node that watches over them beside the commands. A
 * home that is lost passes to a node that has the dialogue in memory. While no node hears another,
 * each is home to all of its own: what is done twice then is decided by the log once.
 */
export class Homes {
  private readonly options: HomesOptions;
  private readonly wanted = new Set<string>();
  private readonly held = new Map<string, Lease>();
  /** Those that were told of as home. */
  private readonly told = new Set<string>();
  private readonly asking: NodeJS.Timeout;
  private isClosed = false;

  constructor(options: HomesOptions) {
    this.options = options;
    this.asking = setInterval(() => this.look(), askMs).unref();
    options.bus.onUp(() => this.look());
  }

  /** Call for each dialogue that is served here; again does no harm. */
  want(dialogueId: string): void {
    if (this.isClosed || this.wanted.has(dialogueId)) return;
    this.wanted.add(dialogueId);
    void this.ask(dialogueId);
  }

  /** Those that are served here no more are given back. */
  keepOnly(dialogueIds: readonly string[]): void {
    const kept = new Set(dialogueIds);
    for (const dialogueId of [...this.wanted]) if (!kept.has(dialogueId)) this.giveUp(dialogueId);
  }

  isHome(dialogueId: string): boolean {
    if (this.isClosed || !this.wanted.has(dialogueId)) return false;
    return !this.options.bus.isUp || this.held.get(dialogueId)?.isHeld === true;
  }

  /** Gives everything back: another node takes over at once. Idempotent. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    clearInterval(this.asking);
    const leases = [...this.held.values()];
    this.held.clear();
    for (const dialogueId of this.told) this.options.onLost(dialogueId);
    this.told.clear();
    await Promise.all(leases.map((lease) => lease.release()));
  }

  private look(): void {
    for (const dialogueId of this.wanted) {
      if (this.held.get(dialogueId)?.isHeld) continue;
      void this.ask(dialogueId);
      this.tell(dialogueId);
    }
  }

  private async ask(dialogueId: string): Promise<void> {
    const lease = await this.options.leases.acquire(`home:${dialogueId}`);
    if (lease && (this.isClosed || !this.wanted.has(dialogueId))) return lease.release();
    if (lease) {
      this.held.set(dialogueId, lease);
      lease.onLost(() => {
        if (this.held.get(dialogueId) === lease) this.held.delete(dialogueId);
        this.tell(dialogueId);
      });
    }
    this.tell(dialogueId);
  }

  private tell(dialogueId: string): void {
    const isHome = this.isHome(dialogueId);
    if (isHome === this.told.has(dialogueId)) return;
    if (isHome) {
      this.told.add(dialogueId);
      this.options.onHome(dialogueId);
    } else {
      this.told.delete(dialogueId);
      this.options.onLost(dialogueId);
    }
  }

  private giveUp(dialogueId: string): void {
    this.wanted.delete(dialogueId);
    const lease = this.held.get(dialogueId);
    this.held.delete(dialogueId);
    this.tell(dialogueId);
    void lease?.release();
  }
}
