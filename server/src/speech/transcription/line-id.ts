import { createHash } from 'node:crypto';

/**
 * A name of its own for the line that follows `lineEndMs` of a run's sound, the same whenever it is
 * asked for: a UUID of version 5 (RFC 9562 §5.5) in the run's own namespace.
 */
export function lineIdOf(runId: string, lineEndMs: number): string {
  const namespace = Buffer.from(runId.replaceAll('-', ''), 'hex');
  const hash = createHash('sha1').update(namespace).update(`line ${lineEndMs}`).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}
