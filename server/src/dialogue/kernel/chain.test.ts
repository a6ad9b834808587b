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

  it.each([0, 1, 2, 7, 40, 41, 200])('orders %i keys', (count) => {
    const keys = Array.from({ length: count }, (_, index) => `k${(index * 7_919) % 1_009}`);
    const value = Object.fromEntries(keys.map((key) => [key, 1]));
    const sorted = Object.fromEntries(keys.toSorted().map((key) => [key, 1]));
    expect(canonicalJson(value)).toBe(JSON.stringify(sorted));
  });

  it('orders keys by UTF-16 units at every depth, and has no undefined', () => {
    expect(
      canonicalJson({ z: [{ b: 1, B: undefined, a: [undefined, '"'] }], ạ: true, Z: 1.5 }),
    ).toBe('{"Z":1.5,"z":[{"a":[null,"\\""],"b":1}],"ạ":true}');
  });
});

describe('hashEntry', () => {
  it('gives what it gave when the first logs were written', () => {
    expect(chain(2).map(({ hash }) => hash)).toEqual([
      '7c871b5d40191d8b6902ad089b81fb8943fe6ccb4d099500e9d35da3bf9c4c4d',
      'f56cdf65d6b6065f4c1d434c2556c57068aaa035e16747f406947b85220fde51',
    ]);
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
