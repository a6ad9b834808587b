import { compareText } from '@nhip-cau/shared/model/text';

export interface Column {
  key: string;
  label: string;
  /** Figures, set flush right. */
  numeric?: boolean;
  sortable?: boolean;
}

export interface Sort {
  key: string;
  descending: boolean;
}

export type SortValue = string | number | null;

/** The rows in order of one column, texts as a Vietnamese index has them, empty ones last. */
export function sortRows<Row>(
  rows: readonly Row[],
  sort: Sort | null,
  valueOf: (row: Row, key: string) => SortValue,
): Row[] {
  if (sort === null) return [...rows];
  const { key, descending } = sort;
  return rows
    .map((row) => ({ row, value: valueOf(row, key) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        return Number(a.value === null) - Number(b.value === null);
      }
      return (descending ? -1 : 1) * compare(a.value, b.value);
    })
    .map(({ row }) => row);
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareText(String(a), String(b));
}

/** The sort after a click on a column's heading: upwards first, then downwards. */
export function nextSort(sort: Sort | null, key: string): Sort {
  return { key, descending: sort?.key === key && !sort.descending };
}
