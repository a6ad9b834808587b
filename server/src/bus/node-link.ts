import type { Bus, Leases, SharedCounters } from '../dialogue/nodes/ports.ts';

/** One node's way to the others. */
export interface NodeLink {
  readonly bus: Bus;
  readonly leases: Leases;
  /** `null`: there are no other nodes to count with. */
  readonly counters: SharedCounters | null;
  /** Gives up its leases and hears nothing more. Idempotent. */
  close(): Promise<void>;
}
