import { setTimeout as delay } from 'node:timers/promises';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import { Emitter } from '../../../client/src/core/emitter.ts';
import { LightClient } from '../../load/light-client.ts';
import { createReplica } from '../../load/replica.ts';
import type { SeededSession } from '../../load/seed.ts';

export interface ListenerOptions {
  name: string;
  session: SeededSession;
  dialogueId: string;
  /** Before it comes back, in ms. */
  returnMs: number;
}

/** A phone that only listens: light, so that there are enough of them for a large room. */
export class Listener extends Emitter<{ changed: void }> {
  readonly options: ListenerOptions;
  readonly boards: ReturnType<typeof createReplica>['boards'];
  heard = 0;
  private readonly replica: ReturnType<typeof createReplica>['replica'];
  private url: string | null = null;
  private client: LightClient | null = null;
  private isKept = false;
  private isSyncing = false;

  constructor(options: ListenerOptions) {
    super();
    this.options = options;
    const { replica, boards } = createReplica();
    this.replica = replica;
    this.boards = boards;
  }

  /** Where the server is now; `null`: nowhere, until it is called again. */
  lead(url: string | null): void {
    this.url = url;
    if (url !== null && !this.isKept) void this.keep();
  }

  /** Whether it has been told of everything up to there. */
  hasReached(audiences: readonly SyncedAudience[]): boolean {
    const cursors = this.replica.cursors();
    const isThere = audiences.every(({ audience, seq }) => (cursors[audience] ?? -1) >= seq);
    return this.client !== null && !this.isSyncing && isThere;
  }

  close(): void {
    this.url = null;
    this.client?.destroy();
  }

  private async keep(): Promise<void> {
    this.isKept = true;
    while (this.url !== null) {
      // Refused or lost: a server that is starting or ending. It comes again.
      await this.stay(this.url).catch(() => {});
      this.client = null;
      await delay(this.options.returnMs);
    }
    this.isKept = false;
  }

  /** Resolves when the connection is gone. */
  private async stay(url: string): Promise<void> {
    const { dialogueId, session } = this.options;
    const { principal, cookie } = session;
    const client = await LightClient.connect({ url, dialogueId, principal, cookie });
    const gone = new Promise<void>((resolve) => (client.onClose = resolve));
    this.client = client;
    client.onDelivery = (delivery) => {
      this.heard += 1;
      if (this.replica.handleDelivery(delivery) === 'gap') void this.sync(client);
      this.emit('changed', undefined);
    };
    await this.sync(client);
    await gone;
  }

  private async sync(client: LightClient): Promise<void> {
    this.isSyncing = true;
    this.replica.beginSync();
    try {
      const answer = await client.sync(this.replica.cursors());
      if (!answer.ok) throw new Error(answer.error.code);
      this.isSyncing = this.replica.handleSynced(answer.audiences) === 'gap';
      if (this.isSyncing) await this.sync(client);
    } catch {
      client.destroy();
    }
    this.emit('changed', undefined);
  }
}
