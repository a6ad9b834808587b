import { describe, expect, it } from 'vitest';
import { districtsOf, hallsIn, searchHalls } from './hall-search.ts';

const halls = [
  { id: '1', name: 'Tản Lĩnh', district: 'Ba Vì' },
  { id: '2', name: 'Đường Lâm', district: 'Sơn Tây' },
  { id: '3', name: 'Ba Trại', district: 'Ba Vì' },
  { id: '4', name: 'Đống Đa', district: 'Đống Đa' },
  { id: '5', name: 'Xuân Sơn', district: 'Sơn Tây' },
];

describe('choosing a hall', () => {
  it('goes from district to hall, in Vietnamese order', () => {
    expect(districtsOf(halls)).toEqual(['Ba Vì', 'Đống Đa', 'Sơn Tây']);
    expect(hallsIn(halls, 'Ba Vì').map(({ name }) => name)).toEqual(['Ba Trại', 'Tản Lĩnh']);
  });

  it.each([
    ['duong lam', 'Đường Lâm'],
    ['ĐƯỜNG', 'Đường Lâm'],
    ['ba', 'Ba Trại, Tản Lĩnh'],
    ['ba vi tan', 'Tản Lĩnh'],
    ['son', 'Xuân Sơn, Đường Lâm'],
    ['dong da', 'Đống Đa'],
    ['hà nội', ''],
    ['  ', ''],
  ])('%j finds %j', (query, found) => {
    const names = searchHalls(halls, query, 10).map(({ name }) => name);
    expect(names.join(', ')).toBe(found);
  });

  it('shows no more than can be looked through', () => {
    expect(searchHalls(halls, 'a', 2)).toHaveLength(2);
  });
});
