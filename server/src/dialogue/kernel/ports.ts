import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import type { EntryType, LogEntry } from './entries.ts';
import type { Kind, Rows } from './state.ts';

/** A command that was carried out: `seq` is the last entry it wrote. */
export interface StoredOutcome {
  commandId: string;
  actorKey: string;
  seq: number;
}

export interface Commit {
  dialogueId: string;
  /** The log's last number as the decision saw it. */
  expectedSeq: number;
  entries: LogEntry[];
  outcomes: StoredOutcome[];
  rows: { [K in Kind]?: Rows[K][] };
  /** Rows that are no more. */
  removed: { kind: Kind; id: string }[];
}

/** Somebody else wrote to the log meanwhile: read on and decide again. */
export class SeqConflict extends Error {
  constructor() {
    super('the log has grown meanwhile');
    this.name = 'SeqConflict';
  }
}

/** Where logs are kept. What `append` has returned from is durable. */
export interface Journal {
  /** Entries with a number above `afterSeq`, in order. */
  read(dialogueId: string, afterSeq: number): Promise<LogEntry[]>;
  /** Outcomes of those of the commands that were carried out before. */
  outcomes(dialogueId: string, commandIds: string[]): Promise<StoredOutcome[]>;
  /** All of it or nothing. Throws `SeqConflict`. */
  append(commit: Commit): Promise<void>;
  /**
   * Only where several nodes write. Keeps all others from writing to this log until `write` has
   * ended or appended, and gives it the entries above `afterSeq`.
   */
  alone?(
    dialogueId: string,
    afterSeq: number,
    write: (news: LogEntry[], append: Journal['append']) => Promise<void>,
  ): Promise<void>;
}

/** Looks back into a log, for reports and histories. */
export interface LogReader {
  /** Entries of these types and of these numbers (all, where none are named), in order. */
  readEntries<T extends EntryType>(
    dialogueId: string,
    filter: { types?: readonly T[]; seqs?: readonly number[] },
  ): Promise<LogEntry<T>[]>;
}

/** Where deliveries go: to the sockets of each audience. */
export interface Outlet {
  deliver(deliveries: Delivery[]): void;
}
