import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import { describe, expect, test } from 'vitest';
import { addFindings, checkLedgers, findSilentGaps, noFindings } from './checker.ts';
import type { Ledger, LoggedEntry } from './ledger.ts';

const asked = (seq: number, commandId: string, questionId = `q-${commandId}`): LoggedEntry => ({
  seq,
  commandId,
  type: 'question.asked',
  payload: { questionId },
});

const submission = (commandId: string, ...seqs: number[]) => ({
  commandId,
  name: 'question.ask',
  answers: seqs.map((seq) => ({ ok: true, seq }) as const),
});

const ledger = (...submissions: Ledger['submissions']): Ledger => ({
  client: 'person 1',
  submissions,
  heard: [],
});

/** How many of each kind, those that were found alone. */
const counts = (ledgers: Ledger[], log: LoggedEntry[]) =>
  Object.fromEntries(
    Object.entries(checkLedgers(ledgers, log))
      .filter(([, faults]) => faults.size > 0)
      .map(([kind, faults]) => [kind, faults.size]),
  );

describe('ledgers and a log', () => {
  test('that agree show nothing, duplicates answered alike included', () => {
    const busy = { ok: false, error: { code: 'unavailable' } } as const;
    const retried = { ...submission('b', 2, 2), answers: [busy, ...submission('b', 2, 2).answers] };
    expect(counts([ledger(submission('a', 1), retried)], [asked(1, 'a'), asked(2, 'b')])).toEqual(
      {},
    );
  });

  test('show what was acknowledged and is not there', () => {
    expect(counts([ledger(submission('a', 1), submission('b', 2))], [asked(1, 'a')])).toEqual({
      lost: 1,
    });
  });

  test('show what stands elsewhere than it was acknowledged', () => {
    expect(counts([ledger(submission('a', 2))], [asked(1, 'a')])).toEqual({ lost: 1 });
  });

  test('show a command that was carried out twice, together or apart', () => {
    const twice = [asked(1, 'a'), asked(2, 'a')];
    expect(counts([ledger(submission('a', 2))], twice)).toEqual({ doubled: 2 });
    const other: LoggedEntry = { seq: 2, commandId: 'x', type: 'hand.raised', payload: {} };
    const apart = [
      asked(1, 'a'),
      other,
      { ...other, seq: 3, commandId: 'a', type: 'hand.lowered' },
    ];
    expect(counts([ledger(submission('a', 3), submission('x', 2))], apart)).toEqual({
      doubled: 1,
      outOfOrder: 1,
    });
  });

  test('show a question that two commands asked', () => {
    const log = [asked(1, 'a', 'same'), asked(2, 'b', 'same')];
    expect(counts([ledger(submission('a', 1), submission('b', 2))], log)).toEqual({ doubled: 1 });
  });

  test('show a duplicate that was answered otherwise than the first', () => {
    expect(counts([ledger(submission('a', 1, 2))], [asked(1, 'a'), asked(2, 'b')])).toMatchObject({
      doubled: 1,
    });
    const wrong = { ok: false, error: { code: 'wrong_state' } } as const;
    const refused = { ...submission('a', 1), answers: [...submission('a', 1).answers, wrong] };
    expect(counts([ledger(refused)], [asked(1, 'a')])).toEqual({ refused: 1 });
  });

  test('show two commands of one client that changed places', () => {
    const log = [asked(1, 'b'), asked(2, 'a'), asked(3, 'c')];
    const sent = ledger(submission('a', 2), submission('b', 1), submission('c', 3));
    expect(counts([sent], log)).toEqual({ outOfOrder: 1 });
  });

  test('ask nothing of the order between clients', () => {
    const log = [asked(1, 'b'), asked(2, 'a')];
    expect(counts([ledger(submission('a', 2)), ledger(submission('b', 1))], log)).toEqual({});
  });

  test('show what was refused and is there all the same', () => {
    const refused = { ...submission('a'), answers: [{ ok: false, error: { code: 'invalid' } }] };
    expect(counts([ledger(refused as never)], [asked(1, 'a')])).toEqual({
      refused: 1,
      unfounded: 1,
    });
  });

  test('show what nobody sent, and what was told and is not there', () => {
    expect(counts([], [asked(1, 'a')])).toEqual({ unfounded: 1 });
    expect(checkLedgers([], [asked(1, 'a')], (commandId) => commandId === 'a')).toEqual(
      noFindings(),
    );
    const heard = [{ audience: 'desk', seq: 2, prev: 1 } as const];
    expect(counts([{ ...ledger(submission('a', 1)), heard }], [asked(1, 'a')])).toEqual({
      unfounded: 1,
    });
  });
});

test('a fault that is found again is the same fault', () => {
  const all = noFindings();
  for (let look = 0; look < 2; look += 1) {
    addFindings(all, checkLedgers([ledger(submission('a', 1))], []));
  }
  expect(all.lost.size).toBe(1);
});

describe('a copy and the boards', () => {
  const told: SyncedAudience[] = [
    {
      audience: 'person:1',
      seq: 3,
      full: true,
      puts: [
        { collection: 'question', id: 'a', value: { state: 'asked' } },
        { collection: 'question', id: 'b', value: { state: 'accepted' } },
      ],
    },
  ];
  const copyOf = (question: [string, unknown][]) => ({
    person: { question: new Map(question), hand: new Map() },
  });

  test('that are alike show nothing', () => {
    const copy = copyOf([
      ['b', { state: 'accepted' }],
      ['a', { state: 'asked' }],
    ]);
    expect([...findSilentGaps('person 1', copy, told)]).toEqual([]);
  });

  test('show what is missing, what is old and what should be gone', () => {
    const copy = copyOf([
      ['b', { state: 'forwarded' }],
      ['c', { state: 'asked' }],
    ]);
    expect([...findSilentGaps('person 1', copy, told)]).toEqual([
      'person 1 lacks question a as person:1',
      'person 1 has another question b as person:1',
      'person 1 still has question c as person:1',
    ]);
  });
});
