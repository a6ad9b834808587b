import { describe, expect, it } from 'vitest';
import { canonicalJson, findChainFault, hashEntry } from './chain.ts';
import type { LogEntry } from './entries.ts';

function chain(length: number): LogEntry[] {
  const entries: LogEntry[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const draft = {
      dialogueId: 'd',
      seq,
      at: 1_000 * seq,
      actor: { kind: 'system', role: 'system', id: null, name: null },
      commandId: `c${seq}`,
      type: 'hand.lowered',
      payload: { handId: `h${seq}` },
      prevHash: entries.at(-1)?.hash ?? '',
    } as const satisfies Omit<LogEntry, 'hash'>;
    entries.push({ ...draft, hash: hashEntry(draft) });
  }
  return entries;
}

describe('canonicalJson', () => {
  it('does not depend on the order of keys, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'ề' }], a: undefined })).toBe(
      canonicalJson({ b: [1, { c: 'ề', d: null }] }),
    );
  });
});

describe('findChainFault', () => {
  it('finds none in a log as it was written', () => {
    expect(findChainFault(chain(5))).toBeNull();
  });

  it('finds an entry that was edited', () => {
    const log = chain(5);
    log[2] = { ...log[2]!, at: 9 };
    expect(findChainFault(log)).toEqual({ seq: 3, fault: 'changed entry' });
  });

  it('finds an entry that was edited and hashed anew', () => {
    const log = chain(5);
    const edited = { ...log[2]!, at: 9 };
    log[2] = { ...edited, hash: hashEntry(edited) };
    expect(findChainFault(log)).toEqual({ seq: 4, fault: 'broken link' });
  });

  it('finds an entry that was taken out', () => {
    const log = chain(5);
    log.splice(1, 1);
    expect(findChainFault(log)).toEqual({ seq: 2, fault: 'gap' });
  });
});
