import { describe, expect, it } from 'vitest';
import type { BridgePointFact } from '@nhip-cau/shared/protocol/facts';
import { findHalls, groupByDistrict } from './halls.ts';

const hall = (name: string, district: string, more: Partial<BridgePointFact> = {}) => ({
  id: name,
  code: 'x',
  name,
  district,
  kind: 'phường',
  isCentral: false,
  expectedAttendance: 25,
  headcount: null,
  headcountAt: null,
  joined: 0,
  present: 0,
  hands: 0,
  joinCode: 'ABCDEF',
  ...more,
});
const halls = [
  hall('Điểm cầu 10', 'Đống Đa', { headcount: 20, joined: 12 }),
  hall('Điểm cầu 2', 'Đống Đa'),
  hall('Điểm cầu 1', 'Ba Vì', { code: 'ba-vi-01' }),
  hall('Trung tâm', 'Đống Đa', { isCentral: true }),
];

describe('halls', () => {
  it.each([
    ['dong da', 3],
    ['ĐIỂM CẦU', 3],
    ['ba-vi-01', 1],
    ['', 4],
    ['hoàn kiếm', 0],
  ])('sought by %j are %d', (sought, count) => {
    expect(findHalls(halls, sought)).toHaveLength(count);
  });

  it('stand by district in Vietnamese order, numbers by value, the central one first', () => {
    const groups = groupByDistrict(halls);
    expect(groups.map((group) => [group.district, group.halls.map(({ name }) => name)])).toEqual([
      ['Ba Vì', ['Điểm cầu 1']],
      ['Đống Đa', ['Trung tâm', 'Điểm cầu 2', 'Điểm cầu 10']],
    ]);
    expect(groups[1]).toMatchObject({ expected: 75, headcount: 20, reported: 1, joined: 12 });
  });
});
