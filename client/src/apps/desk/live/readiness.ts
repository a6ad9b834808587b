import type { BridgePointPresence } from '@nhip-cau/shared/protocol/signals';

export type Readiness = 'ready' | 'noMicrophone' | 'noCamera' | 'offline' | 'unknown';

/**
 * Whether a hall could go on air now. Once halls' presence `isKnown`, one that is not named is
 * offline.
 */
export function readinessOf(
  presence: BridgePointPresence | undefined,
  isKnown: boolean,
): Readiness {
  if (!isKnown) return 'unknown';
  if (!presence?.computer) return 'offline';
  if (!presence.microphone) return 'noMicrophone';
  return presence.camera ? 'ready' : 'noCamera';
}
