import type { Bus, Leases } from '../dialogue/nodes/ports.ts';

/** One node's way to the others. */
export interface NodeLink {
  readonly bus: Bus;
  readonly leases: Leases;
  /** Gives up its leases and hears nothing more. Idempotent. */
  close(): Promise<void>;
}
