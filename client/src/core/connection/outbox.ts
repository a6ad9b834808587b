import type {
  CommandName,
  CommandOutcome,
  CommandPayload,
} from '@nhip-cau/shared/protocol/commands';
import { errorCodes } from '@nhip-cau/shared/protocol/errors';
import { Emitter } from '../emitter.ts';
import { newId } from './new-id.ts';
import type { OutboxShelf } from './outbox-shelf.ts';
import type { RetryDelay } from '../retry-delay.ts';
import { patienceMs } from './waiting-command.ts';
import type { WaitingCommand } from './waiting-command.ts';

export interface OutboxOptions {
  shelf: OutboxShelf;
  /** Sends one command; `null` when no answer came. */
  deliver: (command: WaitingCommand) => Promise<CommandOutcome | null>;
  /** Runs the sending while no other tab sends the same commands. */
  exclusively: (work: () => Promise<void>) => Promise<void>;
  retryDelay: RetryDelay;
}

export interface OutboxEvents {
  changed: readonly WaitingCommand[];
  /** `kept`: it was given before a reload, or in another tab; nobody here awaits its promise. */
  settled: { command: WaitingCommand; outcome: CommandOutcome; kept: boolean };
}

interface Entry {
  command: WaitingCommand;
  /** `null` when it came from the shelf. */
  resolve: ((outcome: CommandOutcome) => void) | null;
  failures: number;
  timer: ReturnType<typeof setTimeout> | null;
}

/** After so many answers of `internal` the command itself is taken to be the cause. */
const mostFailures = 5;

/**
 * What was given and is not yet acknowledged. Sent in order, one at a time, under the same
 * `commandId` until there is an answer that stands; the answer resolves what `add` returned.
 */
export class Outbox extends Emitter<OutboxEvents> {
  private readonly options: OutboxOptions;
  private readonly entries = new Map<string, Entry>();
  private open = false;
  private draining: Promise<void> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private attempt = 0;
  private lastQueuedAt = 0;

  constructor(options: OutboxOptions) {
    super();
    this.options = options;
    this.takeFromShelf();
  }

  get waiting(): readonly WaitingCommand[] {
    return [...this.entries.values()]
      .map(({ command }) => command)
      .sort((a, b) => a.queuedAt - b.queuedAt);
  }

  add<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
  ): Promise<CommandOutcome> {
    this.lastQueuedAt = Math.max(Date.now(), this.lastQueuedAt + 1);
    const commandId = newId();
    const command = { commandId, name, payload, queuedAt: this.lastQueuedAt } as WaitingCommand;
    const expiryMs = patienceMs(name);
    if (expiryMs === null) this.options.shelf.put(command);
    return new Promise((resolve) => {
      const timer =
        expiryMs === null ? null : setTimeout(() => this.settle(commandId, unavailable), expiryMs);
      this.entries.set(commandId, { command, resolve, failures: 0, timer });
      this.emit('changed', this.waiting);
      void this.drain();
    });
  }

  handleOnline(): void {
    this.open = true;
    this.attempt = 0;
    void this.drain();
  }

  handleOffline(): void {
    this.open = false;
    this.stopRetry();
  }

  /** Sends no more; what waits stays on the shelf. */
  close(): void {
    this.handleOffline();
    for (const { timer } of this.entries.values()) if (timer) clearTimeout(timer);
  }

  private drain(): Promise<void> {
    if (!this.open) return Promise.resolve();
    this.stopRetry();
    this.draining ??= this.options
      .exclusively(() => this.sendAll())
      .finally(() => {
        this.draining = null;
        // Something may have been added between the last look and here.
        if (this.open && this.retry === null && this.entries.size > 0) void this.drain();
      });
    return this.draining;
  }

  private async sendAll(): Promise<void> {
    this.takeFromShelf();
    for (let entry = this.next(); entry && this.open; entry = this.next()) {
      const outcome = await this.options.deliver(entry.command);
      if (outcome === null || shallRetry(outcome, entry)) {
        if (this.open) this.retryLater();
        return;
      }
      this.attempt = 0;
      this.settle(entry.command.commandId, outcome);
    }
  }

  private next(): Entry | undefined {
    const command = this.waiting.find(({ commandId }) => !this.sentByAnotherTab(commandId));
    return command && this.entries.get(command.commandId);
  }

  private sentByAnotherTab(commandId: string): boolean {
    if (this.entries.get(commandId)?.resolve || this.options.shelf.has(commandId)) return false;
    this.entries.delete(commandId);
    this.emit('changed', this.waiting);
    return true;
  }

  private takeFromShelf(): void {
    const kept = this.options.shelf.list().filter(({ commandId }) => !this.entries.has(commandId));
    for (const command of kept) {
      this.entries.set(command.commandId, { command, resolve: null, failures: 0, timer: null });
    }
    if (kept.length > 0) this.emit('changed', this.waiting);
  }

  private settle(commandId: string, outcome: CommandOutcome): void {
    const entry = this.entries.get(commandId);
    if (!entry) return;
    this.entries.delete(commandId);
    this.options.shelf.remove(commandId);
    if (entry.timer) clearTimeout(entry.timer);
    this.emit('changed', this.waiting);
    this.emit('settled', { command: entry.command, outcome, kept: entry.resolve === null });
    entry.resolve?.(outcome);
  }

  private retryLater(): void {
    const delayMs = this.options.retryDelay(this.attempt);
    this.attempt += 1;
    this.retry = setTimeout(() => {
      this.retry = null;
      void this.drain();
    }, delayMs);
  }

  private stopRetry(): void {
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
  }
}

const unavailable: CommandOutcome = { ok: false, error: { code: 'unavailable' } };

function shallRetry(outcome: CommandOutcome, entry: Entry): boolean {
  if (outcome.ok || !errorCodes[outcome.error.code]?.retry) return false;
  if (outcome.error.code !== 'internal') return true;
  entry.failures += 1;
  return entry.failures < mostFailures;
}
