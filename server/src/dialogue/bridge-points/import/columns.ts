import { type ImportColumn, importColumns } from '@nhip-cau/shared/protocol/http';
import * as tables from '../../tables/columns.ts';

const headings: tables.Headings<ImportColumn> = {
  code: ['code', 'ma', 'madiemcau', 'madonvi'],
  name: ['name', 'ten', 'tendiemcau', 'diemcau', 'tendonvi'],
  district: ['district', 'quanhuyen', 'quanhuyenthixa', 'quan', 'huyen', 'diaban', 'khuvuc'],
  kind: ['kind', 'type', 'loai', 'loaihinh', 'loaidiemcau', 'loaidonvi'],
  expectedAttendance: [
    'expectedattendance',
    'expected',
    'attendance',
    'songuoidukien',
    'songuoiduhopdukien',
    'songuoidudukien',
    'songuoi',
    'soluongdukien',
    'dukien',
  ],
};

export type FoundColumns = tables.FoundColumns<ImportColumn>;

/** Finds a list of halls' columns by its first row, in English or Vietnamese. */
export const findColumns = (header: { line: number; cells: string[] }): FoundColumns =>
  tables.findColumns(header, headings, importColumns);
