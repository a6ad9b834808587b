import type { Lease, Leases } from '../dialogue/kernel/ports.ts';

/** Leases of one process: whoever asks first holds it until released. */
export function createInProcessLeases(): Leases {
  const held = new Map<string, number>();
  let lastToken = 0;
  return {
    acquire(name) {
      if (held.has(name)) return Promise.resolve(null);
      lastToken += 1;
      const token = lastToken;
      held.set(name, token);
      const lease: Lease = {
        token,
        release() {
          if (held.get(name) === token) held.delete(name);
          return Promise.resolve();
        },
      };
      return Promise.resolve(lease);
    },
  };
}
