import type { BridgePointPresence } from '@nhip-cau/shared/protocol/signals';

export type Readiness = 'ready' | 'noMicrophone' | 'noCamera' | 'offline' | 'unknown';

/** Whether a hall could go on air now; `unknown` until its presence was told. */
export function readinessOf(presence: BridgePointPresence | undefined): Readiness {
  if (!presence) return 'unknown';
  if (!presence.computer) return 'offline';
  if (!presence.microphone) return 'noMicrophone';
  return presence.camera ? 'ready' : 'noCamera';
}
