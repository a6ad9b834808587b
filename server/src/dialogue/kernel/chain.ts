import { hash } from 'node:crypto';
import type { LogEntry } from './entries.ts';

/** `"key":` of the keys met so far; they are the field names of the protocol, a bounded set. */
const quotedKeys = new Map<string, string>();
const maxQuotedKeys = 10_000;

const fewKeys = 40;

function quotedKey(key: string): string {
  let quoted = quotedKeys.get(key);
  if (quoted === undefined) {
    quoted = `${JSON.stringify(key)}:`;
    // Some keys are ids, of which there is no end.
    if (quotedKeys.size < maxQuotedKeys) quotedKeys.set(key, quoted);
  }
  return quoted;
}

/** By UTF-16 units, as `sort` has it; which for the few keys of an object takes far more memory. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (keys.length > fewKeys) return keys.sort();
  for (let from = 1; from < keys.length; from += 1) {
    const key = keys[from]!;
    let to = from;
    for (; to > 0 && keys[to - 1]! > key; to -= 1) keys[to] = keys[to - 1]!;
    keys[to] = key;
  }
  return keys;
}

/** JSON with sorted keys: the same value gives the same bytes, whatever stored it. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  let json = '';
  if (Array.isArray(value)) {
    for (const item of value) json += `${json === '' ? '' : ','}${canonicalJson(item ?? null)}`;
    return `[${json}]`;
  }
  for (const key of sortedKeys(value)) {
    const field = (value as Record<string, unknown>)[key];
    if (field !== undefined) {
      json += `${json === '' ? '' : ','}${quotedKey(key)}${canonicalJson(field)}`;
    }
  }
  return `{${json}}`;
}

/** SHA-256, in hex, over the entry (without its own hash) which names the hash before it. */
export function hashEntry(entry: Omit<LogEntry, 'hash'>): string {
  const { dialogueId, seq, at, actor, commandId, type, payload, prevHash } = entry;
  return hash(
    'sha256',
    canonicalJson({ dialogueId, seq, at, actor, commandId, type, payload, prevHash }),
  );
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
