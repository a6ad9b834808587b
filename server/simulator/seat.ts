import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  CommandName,
  CommandOutcome,
  CommandPayload,
} from '@nhip-cau/shared/protocol/commands';
import { errorCodes } from '@nhip-cau/shared/protocol/errors';
import type { BoardName, Boards } from '@nhip-cau/shared/protocol/facts';
import { LightClient } from '../load/light-client.ts';
import { createReplica, type LoadReplica } from '../load/replica.ts';
import type { Browser } from './browser.ts';
import type { World } from './world.ts';

export interface SeatOptions {
  world: World;
  browser: Browser;
  principal: string;
  dialogueId: string;
  /** Boards that this seat has no eyes for are not read: of phones there are many. */
  ignores?: readonly BoardName[];
}

const againMs = [200, 500, 1_000, 2_000, 5_000] as const;

/**
 * One page of one person: connected again whenever it is lost, current by the pages' own replica,
 * its commands sent one after another until each has its answer, under the same number.
 */
export class Seat {
  readonly principal: string;
  private readonly options: SeatOptions;
  private readonly replica: LoadReplica = createReplica();
  private readonly skipped: readonly Buffer[];
  private client: LightClient | null = null;
  private connecting: Promise<void> | null = null;
  private syncing: Promise<void> | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private offlineUntil = 0;
  private closed = false;

  constructor(options: SeatOptions) {
    this.options = options;
    this.principal = options.principal;
    this.skipped = (options.ignores ?? []).map((name) => Buffer.from(`"audience":"${name}`));
  }

  /** Facts of a board that this seat reads. */
  all<Name extends BoardName, Collection extends keyof Boards[Name] & string>(
    board: Name,
    collection: Collection,
  ): Boards[Name][Collection][] {
    const facts = this.replica.boards[board]![collection]!;
    return [...facts.values()] as Boards[Name][Collection][];
  }

  first<Name extends BoardName, Collection extends keyof Boards[Name] & string>(
    board: Name,
    collection: Collection,
  ): Boards[Name][Collection] | undefined {
    return this.all(board, collection)[0];
  }

  /** Connects and reads its boards. */
  async open(): Promise<void> {
    await this.online();
  }

  /** Sends a command and waits for its answer, over as many connections as it takes. */
  send<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<CommandOutcome> {
    const sent = this.last.then(() => this.deliver(name, payload));
    this.last = sent.catch(() => {});
    return sent;
  }

  /** Cuts the line for a while, as a tunnel or a full cell does. */
  drop(ms: number): void {
    this.offlineUntil = Date.now() + ms;
    this.options.world.tally.drops += 1;
    this.client?.destroy();
    void sleep(ms).then(() => this.online().catch(() => {}));
  }

  /** What another program of the same computer needs to come in too. */
  get session(): { principal: string; cookie: string; localAddress?: string } {
    const { cookie, localAddress } = this.options.browser;
    return { principal: this.principal, cookie, ...(localAddress ? { localAddress } : {}) };
  }

  close(): void {
    this.closed = true;
    this.client?.close();
  }

  /** Whether what it holds is what the server gives anew. Boards it does not read are left out. */
  async isCurrent(): Promise<boolean> {
    const fresh = createReplica();
    const client = await this.online();
    await this.syncing;
    const answer = await client.sync();
    if (!answer.ok) return false;
    fresh.replica.handleSynced(answer.audiences);
    const read = answer.audiences
      .map(({ audience }) => audience.split(':', 1)[0] as BoardName)
      .filter((board) => !this.options.ignores?.includes(board));
    return read.every((board) => sameBoard(this.replica.boards[board]!, fresh.boards[board]!));
  }

  private async deliver<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<CommandOutcome> {
    const { tally } = this.options.world;
    const commandId = randomUUID();
    for (let tries = 0; ; tries += 1) {
      const askedAt = performance.now();
      try {
        const client = await this.online();
        const outcome = await client.send(name, payload, commandId);
        if (outcome.ok) {
          tally.answerMs.push(performance.now() - askedAt);
          tally.count(name);
          return outcome;
        }
        if (!errorCodes[outcome.error.code].retry) {
          tally.refuse(name, outcome.error.code);
          return outcome;
        }
      } catch (error) {
        if (this.closed) throw error;
      }
      tally.resent += 1;
      await sleep(againMs[Math.min(tries, againMs.length - 1)]);
    }
  }

  private async online(): Promise<LightClient> {
    for (;;) {
      if (this.closed) throw new Error('the seat is closed');
      if (this.client?.isOpen) return this.client;
      this.connecting ??= this.connect().finally(() => (this.connecting = null));
      await this.connecting;
    }
  }

  private async connect(): Promise<void> {
    const { browser, dialogueId } = this.options;
    for (let tries = 0; ; tries += 1) {
      const offlineMs = this.offlineUntil - Date.now();
      if (offlineMs > 0) await sleep(offlineMs);
      try {
        const client = await LightClient.connect({
          url: browser.url,
          cookie: browser.cookie,
          principal: this.principal,
          dialogueId,
          ...(browser.localAddress ? { localAddress: browser.localAddress } : {}),
        });
        if (this.skipped.length > 0) client.onFrame = (frame) => this.isSkipped(frame);
        client.onDelivery = (delivery) => {
          if (this.replica.replica.handleDelivery(delivery) === 'gap') void this.sync(client);
        };
        await this.sync(client);
        this.client = client;
        return;
      } catch (error) {
        if (this.closed || tries === 20) throw error;
        await sleep(againMs[Math.min(tries, againMs.length - 1)]);
      }
    }
  }

  private sync(client: LightClient): Promise<void> {
    this.syncing ??= this.syncWith(client).finally(() => (this.syncing = null));
    return this.syncing;
  }

  private async syncWith(client: LightClient): Promise<void> {
    for (let tries = 0; tries < 3; tries += 1) {
      this.replica.replica.beginSync();
      const answer = await client.sync(this.replica.replica.cursors());
      if (!answer.ok) throw new Error(`sync: ${answer.error.code}`);
      if (this.replica.replica.handleSynced(answer.audiences) === 'current') return;
    }
    client.destroy();
  }

  private isSkipped(frame: Buffer): boolean {
    const head = frame.subarray(0, 200);
    return head.includes('"delivery"') && this.skipped.some((board) => head.includes(board));
  }
}

type AnyBoard = Record<string, Map<string, unknown>>;

function sameBoard(held: AnyBoard, fresh: AnyBoard): boolean {
  const collections = new Set([...Object.keys(held), ...Object.keys(fresh)]);
  return [...collections].every((collection) => {
    const mine = held[collection]!;
    const its = fresh[collection]!;
    if (mine.size !== its.size) return false;
    return [...its].every(([id, fact]) => JSON.stringify(mine.get(id)) === JSON.stringify(fact));
  });
}
