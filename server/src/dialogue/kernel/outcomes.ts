import type { LoggedActor } from './actor.ts';
import type { LogEntry } from './entries.ts';
import type { StoredOutcome } from './ports.ts';

/**
 * The newest commands that were carried out, from the log that the dialogue was folded from: a
 * retry is answered from here, and the database is asked only for what is older than that.
 */
export class Outcomes {
  /** In the order in which they were carried out. */
  private readonly byCommand = new Map<string, StoredOutcome>();
  private readonly limit: number;
  private isComplete = true;

  /** Keeps at most `limit` commands, some 200 bytes each. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** What a log says of its commands; a command's last entry counts. */
  static of(log: readonly LogEntry[], limit: number): Outcomes {
    const outcomes = new Outcomes(limit);
    for (const { commandId, actor, seq } of log) {
      outcomes.add({ commandId, actorKey: actorKeyOf(actor), seq });
    }
    return outcomes;
  }

  add(outcome: StoredOutcome): void {
    this.byCommand.set(outcome.commandId, outcome);
    if (this.byCommand.size <= this.limit) return;
    const [oldest] = this.byCommand.keys();
    this.byCommand.delete(oldest!);
    this.isComplete = false;
  }

  get(commandId: string): StoredOutcome | undefined {
    return this.byCommand.get(commandId);
  }

  /** Of the commands, those that were carried out so long ago that only `find` knows of them. */
  async older(
    commandIds: readonly string[],
    find: (commandIds: string[]) => Promise<StoredOutcome[]>,
  ): Promise<Map<string, StoredOutcome>> {
    if (this.isComplete) return new Map();
    const doubtful = commandIds.filter((commandId) => !this.byCommand.has(commandId));
    return new Map((await find(doubtful)).map((outcome) => [outcome.commandId, outcome]));
  }
}

/** What `actorKey` said of the actor of a logged entry. */
export function actorKeyOf({ kind, id }: LoggedActor): string {
  return id === null ? kind : `${kind}:${id}`;
}
