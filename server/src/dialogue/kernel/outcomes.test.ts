import { describe, expect, it, vi } from 'vitest';
import type { LogEntry } from './entries.ts';
import { Outcomes } from './outcomes.ts';

const outcome = (commandId: string, seq: number) => ({ commandId, actorKey: 'person:p', seq });

const entry = (commandId: string, seq: number, id: string | null = 'p') =>
  ({ commandId, seq, actor: { kind: id === null ? 'system' : 'person', id } }) as LogEntry;

describe('Outcomes', () => {
  it('know from a log who did what, by its last entry', () => {
    const log = [entry('a', 1), entry('b', 2), entry('b', 3), entry('c', 4, null)];
    const outcomes = Outcomes.of(log, 10);
    expect(outcomes.get('b')).toEqual(outcome('b', 3));
    expect(outcomes.get('c')).toEqual({ commandId: 'c', actorKey: 'system', seq: 4 });
    expect(outcomes.get('d')).toBeUndefined();
  });

  it('ask nobody as long as they hold every command', async () => {
    const outcomes = Outcomes.of([entry('b', 2), entry('b', 3)], 2);
    outcomes.add(outcome('a', 4));
    const find = vi.fn(() => Promise.resolve([]));
    expect(await outcomes.older(['a', 'b', 'new'], find)).toEqual(new Map());
    expect(find).not.toHaveBeenCalled();
  });

  it('forget the oldest at their limit, and ask from then on for what they do not know', async () => {
    const outcomes = new Outcomes(2);
    for (const [seq, id] of ['a', 'b', 'c'].entries()) outcomes.add(outcome(id, seq));
    expect(outcomes.get('a')).toBeUndefined();
    const find = vi.fn(() => Promise.resolve([outcome('a', 0)]));
    const older = await outcomes.older(['a', 'b', 'c', 'new'], find);
    expect(older).toEqual(new Map([['a', outcome('a', 0)]]));
    expect(find).toHaveBeenCalledWith(['a', 'new']);
  });
});
