import {
  checkNames,
  type RehearsalReport,
  type RollCallResult,
} from '@nhip-cau/shared/model/rehearsal';
import type { BridgePointFact, ReadinessFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import vi from '../../../../../locales/vi/rehearsal.ts';
import {
  belongsTo,
  countRows,
  rollCallAction,
  rollCallFilters,
  rollCallKeyHelp,
  rollCallRows,
} from './roll-call.ts';

const hall = (id: string, district: string) =>
  ({ id, name: `Điểm cầu ${id}`, district, isCentral: id === '0' }) as BridgePointFact;
const halls = [
  hall('0', 'Trung tâm'),
  hall('10', 'Ba Vì'),
  hall('9', 'Ba Vì'),
  hall('3', 'Ba Đình'),
];
const report = (failed: string[]): RehearsalReport => ({
  at: 5,
  checks: Object.fromEntries(
    checkNames.map((name) => [
      name,
      { result: failed.includes(name) ? 'problem' : 'ok', value: null },
    ]),
  ) as RehearsalReport['checks'],
});
const readiness = (
  result: RollCallResult | null,
  reports: RehearsalReport[] = [],
): Omit<ReadinessFact, 'id'> => ({
  reports,
  rollCall: result && { result, note: null, at: 0, by: null },
});
const rows = rollCallRows(
  halls,
  new Map([
    ['9', { id: '9', ...readiness('ok', [report(['up']), report([])]) }],
    ['3', { id: '3', ...readiness(null, [report([])]) }],
  ]),
  (id) => id === '9',
);

describe('the roll call', () => {
  it('goes by district and name, numbers by their value, without the head table', () => {
    expect(rows.map(({ id }) => id)).toEqual(['3', '9', '10']);
  });

  it('says of each hall whether it is there, how it answered, and what failed last', () => {
    expect(rows.map(({ isHere, mark, check }) => [isHere, mark?.result ?? null, check])).toEqual([
      [false, null, { at: 5, failed: [] }],
      [true, 'ok', { at: 5, failed: ['up'] }],
      [false, null, null],
    ]);
  });

  it('knows who is left', () => {
    expect(countRows(rows)).toEqual({ all: 3, left: 2, ok: 1, problem: 0, absent: 0 });
    expect(rows.filter((row) => belongsTo(row, 'left')).map(({ id }) => id)).toEqual(['3', '10']);
    expect(Object.keys(vi.filter).sort()).toEqual(['label', ...rollCallFilters].sort());
  });

  it('is walked through by keys that the help lists', () => {
    const press = (key: string, ctrlKey = false) =>
      rollCallAction({ key, ctrlKey, metaKey: false, altKey: false, isComposing: false });
    expect(['ArrowDown', '1', 'U', 'z'].map((key) => press(key))).toEqual([
      'next',
      'ok',
      'undo',
      null,
    ]);
    expect(press('1', true)).toBeNull();
    expect(rollCallKeyHelp.map(({ text }) => text).sort()).toEqual(Object.keys(vi.keys).sort());
  });
});
