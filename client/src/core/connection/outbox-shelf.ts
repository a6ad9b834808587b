import type { WaitingCommand } from './waiting-command.ts';

export type ShelfStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Where waiting commands survive a reload. One storage item a command: two tabs of one person add
 * and remove beside each other without ever writing over what the other one keeps.
 */
export class OutboxShelf {
  private readonly storage: ShelfStorage;
  private readonly prefix: string;

  /** `scope` names whose commands they are, for which dialogue. */
  constructor(storage: ShelfStorage, scope: string) {
    this.storage = storage;
    this.prefix = `nhip-cau.outbox:${scope}:`;
  }

  /** Every command kept, in the order of sending. */
  list(): WaitingCommand[] {
    const commands: WaitingCommand[] = [];
    for (let index = 0; index < this.storage.length; index += 1) {
      const key = this.storage.key(index);
      if (!key?.startsWith(this.prefix)) continue;
      const command = parse(this.storage.getItem(key));
      if (command) commands.push(command);
    }
    return commands.sort((a, b) => a.queuedAt - b.queuedAt);
  }

  /** Keeps a command; a storage that is full or refused keeps it for this page's life only. */
  put(command: WaitingCommand): void {
    try {
      this.storage.setItem(this.prefix + command.commandId, JSON.stringify(command));
    } catch {
      // Private windows may have no room; the outbox still holds it in memory.
    }
  }

  has(commandId: string): boolean {
    return this.storage.getItem(this.prefix + commandId) !== null;
  }

  remove(commandId: string): void {
    this.storage.removeItem(this.prefix + commandId);
  }
}

function parse(json: string | null): WaitingCommand | null {
  try {
    const value = JSON.parse(json ?? 'null') as Partial<WaitingCommand> | null;
    const whole = value?.commandId && value.name && typeof value.queuedAt === 'number';
    return whole ? (value as WaitingCommand) : null;
  } catch {
    return null;
  }
}

/** This browser's storage, or one for the page's life where the browser refuses it. */
export function browserStorage(get: () => Storage = () => globalThis.localStorage): ShelfStorage {
  try {
    const storage = get();
    storage.getItem('nhip-cau');
    return storage;
  } catch {
    return memoryStorage();
  }
}

export function memoryStorage(): ShelfStorage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
