import type { Bus } from '../nodes/ports.ts';
import type { Engine } from './executor.ts';
import type { Commit } from './ports.ts';

/** How far logs go. */
export interface LogHeads {
  /** The last number of each of these logs that there is. */
  heads(dialogueIds: readonly string[]): Promise<Map<string, number>>;
}

/** The dialogues that are in memory here. */
export interface FollowedDialogues {
  dialogueIds(): string[];
  follow(dialogueId: string, seq: number): void;
}

export interface FollowerOptions {
  bus: Bus;
  engine: FollowedDialogues;
  logs: LogHeads;
  onError: (error: unknown) => void;
}

/** While nobody is heard every so often, in ms, the logs are looked at. */
const deafMs = 1_000;
/** Otherwise all so many of these times: a message may be lost without anybody's notice. */
const everyWhileHeard = 5;

/** Tells other nodes what this one has committed, and this one what they have. */
export class Follower {
  private readonly options: FollowerOptions;
  private readonly endListening: () => void;
  private readonly looking: NodeJS.Timeout;
  private quietTimes = 0;
  private isLooking = false;

  constructor(options: FollowerOptions) {
    this.options = options;
    const { bus, engine } = options;
    this.endListening = bus.subscribe('commits', ({ dialogueId, seq }) =>
      engine.follow(dialogueId, seq),
    );
    bus.onUp(() => void this.look());
    this.looking = setInterval(() => this.beat(), deafMs).unref();
  }

  /** Call for each commit of this node. */
  handleWritten({ dialogueId, entries }: Commit): void {
    const last = entries.at(-1);
    if (last) this.options.bus.publish('commits', { dialogueId, seq: last.seq });
  }

  /** Idempotent. */
  close(): void {
    this.endListening();
    clearInterval(this.looking);
  }

  private beat(): void {
    this.quietTimes += 1;
    if (this.options.bus.isUp && this.quietTimes < everyWhileHeard) return;
    void this.look();
  }

  private async look(): Promise<void> {
    const { engine, logs, onError } = this.options;
    const dialogueIds = engine.dialogueIds();
    if (this.isLooking || dialogueIds.length === 0) return;
    this.isLooking = true;
    this.quietTimes = 0;
    try {
      for (const [dialogueId, seq] of await logs.heads(dialogueIds)) {
        engine.follow(dialogueId, seq);
      }
    } catch (error) {
      onError(error);
    } finally {
      this.isLooking = false;
    }
  }
}

/** Brings the dialogues that are in memory up to their logs; rejects where one cannot be. */
export async function catchUp(
  engine: Pick<Engine, 'dialogueIds' | 'read' | 'refresh'>,
  logs: LogHeads,
): Promise<void> {
  for (const [dialogueId, seq] of await logs.heads(engine.dialogueIds())) {
    await engine.refresh(dialogueId);
    const state = await engine.read(dialogueId);
    if (state !== null && state.seq < seq) throw new Error(`${dialogueId} is behind its log`);
  }
}
