import type { CommandEnvelope, CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import { type Actor, actorKey, logged } from './actor.ts';
import { Aggregate } from './aggregate.ts';
import type { Boards } from './boards.ts';
import { hashEntry } from './chain.ts';
import { draft, type DraftDependencies } from './draft.ts';
import type { LogEntry } from './entries.ts';
import { once } from './once.ts';
import { actorKeyOf, Outcomes } from './outcomes.ts';
import {
  type Commit,
  type Journal,
  type Outlet,
  SeqConflict,
  type StoredOutcome,
} from './ports.ts';
import { Refusal } from './refusal.ts';
import type { DialogueState } from './state.ts';

export interface LaneDependencies extends DraftDependencies {
  journal: Journal;
  outlet: Outlet;
  maxBatch: number;
  onError: (error: unknown, dialogueId: string) => void;
  onBatch: (commands: number) => void;
  /** Called for each commit of this node, before the state that it made is told. */
  onWritten: (commit: Commit) => void;
  onCommitted: (state: DialogueState) => void;
}

interface Pending {
  actor: Actor;
  envelope: CommandEnvelope;
  answer: (outcome: CommandOutcome) => void;
}

/** More commands than a dialogue of the largest kind has on its day. */
const outcomesKept = 100_000;

/** So many waiting commands are committed at once, without waiting for more. */
const enoughToCommit = 250;

/** So many commands failing one after another are not each to blame. */
const failuresInARow = 3;

const unavailable: CommandOutcome = { ok: false, error: { code: 'unavailable' } };

/**
 * One dialogue's commands, in order. Those that arrive while a commit is under way share the next
 * one; a refused command leaves its neighbours alone.
 */
export class Lane {
  private readonly dialogueId: string;
  private readonly dependencies: LaneDependencies;
  private current: Aggregate | null = null;
  private loading: Promise<Aggregate> | null = null;
  private outcomes = new Outcomes(outcomesKept);
  /** The one given up when a commit's end was unknown: what its boards say was told. */
  private former: Aggregate | null = null;
  private pending: Pending[] = [];
  private running: Promise<void> | null = null;
  /** Ends the gathering of a batch, while one is gathered. */
  private gathered: (() => void) | null = null;
  /** A batch is being committed: from now on memory may hold what is not in the database. */
  private isWriting = false;
  /** Somebody was handed the state and has perhaps not yet looked at it. */
  private isLent = false;
  /** What is committed and not yet told: deliveries and answers. */
  private untold: (() => void)[] = [];
  /** Who waits for the end of a commit, to read. */
  private readers: (() => void)[] = [];
  /** Up to where another node has said that the log goes; 0: nothing is known of. */
  private heardSeq = 0;
  /** Who waits for what other nodes have written. */
  private refreshers: (() => void)[] = [];
  private usedAt: number;
  private closed = false;

  constructor(dialogueId: string, dependencies: LaneDependencies) {
    this.dialogueId = dialogueId;
    this.dependencies = dependencies;
    this.usedAt = dependencies.now();
  }

  execute(actor: Actor, envelope: CommandEnvelope): Promise<CommandOutcome> {
    if (this.closed) return Promise.resolve(unavailable);
    this.usedAt = this.dependencies.now();
    return new Promise((answer) => {
      this.pending.push({ actor, envelope, answer });
      this.running ??= this.run();
      if (this.pending.length >= enoughToCommit) this.gathered?.();
    });
  }

  /**
   * The dialogue as it is committed, for readers: while entries are being written, memory holds
   * what may yet come to nothing. Use what it gives at once.
   */
  async committed(): Promise<Aggregate> {
    this.usedAt = this.dependencies.now();
    for (;;) {
      const aggregate = await this.loaded();
      if (!this.isWriting) {
        this.isLent = true;
        return aggregate;
      }
      await new Promise<void>((admit) => this.readers.push(admit));
    }
  }

  /** What each audience was told so far: never more than what is committed. */
  async told(): Promise<Boards> {
    this.usedAt = this.dependencies.now();
    return (await this.loaded()).boards;
  }

  /** Another node has written up to `seq`: reads on, if the dialogue is in memory. */
  follow(seq: number): void {
    this.heardSeq = Math.max(this.heardSeq, seq);
    if (this.isBehind) this.running ??= this.run();
  }

  /** Resolves when what any node has committed before this call is in memory, if it can be read. */
  refresh(): Promise<void> {
    if (this.closed || !this.dependencies.journal.alone) return Promise.resolve();
    return new Promise((resolve) => {
      this.refreshers.push(resolve);
      this.running ??= this.run();
    });
  }

  private get isBehind(): boolean {
    if (this.refreshers.length > 0) return true;
    return !this.closed && this.current !== null && this.heardSeq > this.current.state.seq;
  }

  /** Nothing is under way, and nobody has asked since that time. */
  isIdleSince(time: number): boolean {
    return this.running === null && this.pending.length === 0 && this.usedAt <= time;
  }

  /** The dialogue in memory, read from its log at the first time. */
  private async loaded(): Promise<Aggregate> {
    if (this.current) return this.current;
    this.loading ??= this.load().finally(() => {
      this.loading = null;
    });
    return this.loading;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async load(): Promise<Aggregate> {
    const { journal, outlet, onCommitted } = this.dependencies;
    const aggregate = new Aggregate(this.dialogueId);
    const log = await journal.read(this.dialogueId, 0);
    aggregate.restore(log);
    this.outcomes = Outcomes.of(log, outcomesKept);
    this.current = aggregate;
    // Another node may have said more while it was read.
    if (this.isBehind) this.running ??= this.run();
    if (this.former) {
      const { state, boards } = aggregate;
      const deliveries = boards.inherit(this.dialogueId, state.seq, this.former.boards);
      this.former = null;
      // What was written after all is told, and the media follow it: a turn that ended has ended.
      outlet.deliver(deliveries);
      onCommitted(state);
    }
    return aggregate;
  }

  private async run(): Promise<void> {
    await this.gather();
    while (this.pending.length > 0 || this.isBehind) {
      if (this.isBehind) await this.catchUp();
      const batch = this.pending.splice(0, this.dependencies.maxBatch);
      if (batch.length > 0) await this.commit(batch);
      // Under load the next commit goes out first.
      if (this.pending.length < enoughToCommit) this.tell();
      await this.admitReaders();
    }
    // In the same step as the last look: a command that comes later starts a new run.
    this.running = null;
  }

  /**
   * Commands of the same turn of the event loop go together; but a turn that reads from thousands of
   * sockets is long, and the database need not wait for its end.
   */
  private gather(): Promise<void> {
    return new Promise((resolve) => {
      const turnEnd = setImmediate(() => {
        // Who was handed the state has used it: that is done before any turn's end.
        this.isLent = false;
        this.gathered?.();
      });
      this.gathered = () => {
        clearImmediate(turnEnd);
        this.gathered = null;
        resolve();
      };
    });
  }

  /** In the order of the commits. Who misses a delivery sees the gap in the next one. */
  private tell(): void {
    for (const tell of this.untold.splice(0)) {
      try {
        tell();
      } catch (error) {
        this.dependencies.onError(error, this.dialogueId);
      }
    }
  }

  /** Between two commits; however fast they follow each other, who wants to read comes in. */
  private async admitReaders(): Promise<void> {
    if (this.readers.length === 0) return;
    this.tell();
    for (const admit of this.readers.splice(0)) admit();
    await new Promise(setImmediate);
  }

  /**
   * Commits a batch; when the database refuses it whole, each command on its own, so that one bad
   * command fails alone. When several fail in a row it is the database that fails, and the rest is
   * told to come again.
   */
  private async commit(batch: Pending[]): Promise<void> {
    const error = await this.tryAttempt(batch);
    if (error === null) return;
    if (!(error instanceof SeqConflict)) this.dependencies.onError(error, this.dialogueId);
    let failures = 0;
    for (const one of batch) {
      if (failures < failuresInARow && (await this.tryAttempt([one])) === null) failures = 0;
      else {
        failures += 1;
        one.answer(unavailable);
      }
    }
    // Whoever acted on what came to nothing is told what stands; if the database is away, later.
    if (this.current === null) await this.loaded().catch(() => {});
  }

  /** The error that kept the batch from being written, or `null`. */
  private async tryAttempt(batch: Pending[]): Promise<unknown> {
    try {
      await this.attempt(batch);
      return null;
    } catch (error) {
      return error;
    }
  }

  private async attempt(batch: Pending[]): Promise<void> {
    this.isWriting = true;
    try {
      if (this.isLent) {
        await new Promise(setImmediate);
        this.isLent = false;
      }
      const aggregate = await this.loaded();
      const older = await this.outcomes.older(
        batch.map(({ envelope }) => envelope.commandId),
        (ids) => this.dependencies.journal.outcomes(this.dialogueId, ids),
      );
      await this.writeAlone(aggregate, batch, older);
    } catch (error) {
      this.tell();
      throw error;
    } finally {
      this.isWriting = false;
    }
  }

  /** Where other nodes write too: on the newest log, and with nobody else writing meanwhile. */
  private async writeAlone(
    aggregate: Aggregate,
    batch: Pending[],
    older: ReadonlyMap<string, StoredOutcome>,
  ): Promise<void> {
    const { journal } = this.dependencies;
    if (!journal.alone) {
      return this.write(aggregate, batch, older, (commit) => journal.append(commit));
    }
    await journal.alone(this.dialogueId, aggregate.state.seq, (news, append) => {
      this.takeIn(aggregate, news);
      return this.write(aggregate, batch, older, append);
    });
  }

  /** Reads on in the log, for what other nodes have written. */
  private async catchUp(): Promise<void> {
    const { heardSeq } = this;
    const refreshers = this.refreshers.splice(0);
    try {
      const aggregate = await this.loaded();
      const news = await this.dependencies.journal.read(this.dialogueId, aggregate.state.seq);
      this.isWriting = true;
      if (this.isLent) {
        await new Promise(setImmediate);
        this.isLent = false;
      }
      this.takeIn(aggregate, news);
    } catch (error) {
      this.dependencies.onError(error, this.dialogueId);
    } finally {
      this.isWriting = false;
      // Whoever can be trusted will say it again.
      if (this.heardSeq === heardSeq) this.heardSeq = 0;
      for (const resolve of refreshers) resolve();
    }
  }

  /** Folds what another node has committed, and tells it as if it had been committed here. */
  private takeIn(aggregate: Aggregate, news: readonly LogEntry[]): void {
    if (news.length === 0) return;
    try {
      for (const entry of news) {
        const { seq, hash } = aggregate.state;
        if (entry.seq !== seq + 1 || entry.prevHash !== hash) throw new SeqConflict();
        aggregate.apply(entry);
        const { commandId, actor } = entry;
        this.outcomes.add({ commandId, actorKey: actorKeyOf(actor), seq: entry.seq });
      }
      const { touched } = aggregate.changedRows();
      const deliveries = aggregate.publish(aggregate.compare(touched));
      this.untold.push(() => this.dependencies.outlet.deliver(deliveries));
    } catch (error) {
      this.former = this.current;
      this.current = null;
      throw error;
    }
    this.dependencies.onCommitted(aggregate.state);
  }

  private async write(
    aggregate: Aggregate,
    batch: Pending[],
    older: ReadonlyMap<string, StoredOutcome>,
    append: Journal['append'],
  ): Promise<void> {
    const { outlet, onBatch, onWritten, onCommitted } = this.dependencies;
    const { state } = aggregate;
    const expectedSeq = state.seq;
    const entries: LogEntry[] = [];
    const outcomes: StoredOutcome[] = [];
    try {
      const answers = batch.map((pending) => ({
        answer: pending.answer,
        outcome: this.decide(aggregate, pending, older, entries, outcomes),
      }));
      if (entries.length > 0) {
        const { touched, ...rows } = aggregate.changedRows();
        const { dialogueId } = this;
        const commit = { dialogueId, expectedSeq, entries, outcomes, ...rows };
        const writing = append(commit);
        // The commit before is told, and what this one changes is compared, while the database works.
        const comparing = once(() => aggregate.compare(touched));
        const turnEnd = setImmediate(() => {
          this.tell();
          comparing.ahead();
        });
        await writing.finally(() => clearImmediate(turnEnd));
        onWritten(commit);
        this.tell();
        const deliveries = aggregate.publish(comparing.result());
        this.untold.push(() => outlet.deliver(deliveries));
        onBatch(outcomes.length);
      }
      // Acknowledged means durable: no answer before the commit.
      this.untold.push(() => {
        for (const { answer, outcome } of answers) answer(outcome);
      });
    } catch (error) {
      // What memory holds may not be what was written: whoever comes next reads the log.
      this.former = this.current;
      this.current = null;
      throw error;
    }
    if (entries.length > 0) onCommitted(state);
  }

  /** Decides one command on the state as its neighbours left it. */
  private decide(
    aggregate: Aggregate,
    { actor, envelope }: Pending,
    older: ReadonlyMap<string, StoredOutcome>,
    entries: LogEntry[],
    outcomes: StoredOutcome[],
  ): CommandOutcome {
    const { commandId } = envelope;
    const first = this.outcomes.get(commandId) ?? older.get(commandId);
    if (first) {
      return first.actorKey === actorKey(actor)
        ? { ok: true, seq: first.seq }
        : { ok: false, error: { code: 'command_id_taken' } };
    }
    try {
      const { now, drafts, role } = draft(aggregate.state, actor, envelope, this.dependencies);
      for (const { type, payload } of drafts) {
        const unhashed = {
          dialogueId: this.dialogueId,
          seq: aggregate.state.seq + 1,
          at: now,
          actor: logged(actor, role),
          commandId,
          type,
          payload,
          prevHash: aggregate.state.hash,
        };
        const entry = { ...unhashed, hash: hashEntry(unhashed as LogEntry) } as LogEntry;
        aggregate.apply(entry);
        entries.push(entry);
      }
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, error: error.toProtocol() };
      throw error;
    }
    const outcome = { commandId, actorKey: actorKey(actor), seq: aggregate.state.seq };
    outcomes.push(outcome);
    this.outcomes.add(outcome);
    return { ok: true, seq: outcome.seq };
  }
}
