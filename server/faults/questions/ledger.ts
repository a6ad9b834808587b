import type { CommandOutcome } from '@nhip-cau/shared/protocol/commands';
import type { Delivery } from '@nhip-cau/shared/protocol/facts';

/** One command of a client, and every answer that it got to it, duplicates' included. */
export interface Submission {
  commandId: string;
  name: string;
  /** In the order in which they came. */
  answers: CommandOutcome[];
}

/** What one client knows by itself, to be held against the log. */
export interface Ledger {
  client: string;
  /** In the order of sending: each was sent after the one before it was settled. */
  submissions: Submission[];
  heard: Pick<Delivery, 'audience' | 'seq' | 'prev'>[];
}

/** The part of a log's entry that a ledger can be compared with. */
export interface LoggedEntry {
  seq: number;
  commandId: string;
  type: string;
  payload: unknown;
}
