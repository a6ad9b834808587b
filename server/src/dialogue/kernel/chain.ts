import { createHash } from 'node:crypto';
import type { LogEntry } from './entries.ts';

/** JSON with sorted keys: the same value gives the same bytes, whatever stored it. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** SHA-256, in hex, over the entry (without its own hash) which names the hash before it. */
export function hashEntry(entry: Omit<LogEntry, 'hash'>): string {
  const { dialogueId, seq, at, actor, commandId, type, payload, prevHash } = entry;
  return createHash('sha256')
    .update(canonicalJson({ dialogueId, seq, at, actor, commandId, type, payload, prevHash }))
    .digest('hex');
}

export interface ChainFault {
  seq: number;
  fault: 'gap' | 'broken link' | 'changed entry';
}

/** The first fault of a log given in order from its beginning, or `null` when it holds. */
export function findChainFault(entries: Iterable<LogEntry>): ChainFault | null {
  let seq = 0;
  let hash = '';
  for (const entry of entries) {
    seq += 1;
    if (entry.seq !== seq) return { seq, fault: 'gap' };
    if (entry.prevHash !== hash) return { seq, fault: 'broken link' };
    if (hashEntry(entry) !== entry.hash) return { seq, fault: 'changed entry' };
    hash = entry.hash;
  }
  return null;
}
