import type { ImportColumn } from '@nhip-cau/shared/protocol/http';

/** The columns of a list of halls, in the order that the sample has them. */
export const importColumns = [
  'code',
  'name',
  'district',
  'kind',
  'expectedAttendance',
] as const satisfies readonly ImportColumn[];
