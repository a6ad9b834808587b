import type { QuestionImportColumn } from '@nhip-cau/shared/protocol/question-import';
import type { NameVisibility } from '@nhip-cau/shared/model/questions';
import type { Headings } from '../../tables/columns.ts';

export const headings: Headings<QuestionImportColumn> = {
  hall: ['hall', 'bridgepoint', 'code', 'diemcau', 'tendiemcau', 'madiemcau', 'ma', 'xaphuong'],
  text: ['text', 'question', 'opinion', 'ykien', 'noidung', 'noidungykien', 'cauhoi', 'kiennghi'],
  district: ['district', 'quanhuyen', 'quanhuyenthixa', 'quan', 'huyen', 'diaban', 'khuvuc'],
  field: ['field', 'topic', 'linhvuc', 'nhomlinhvuc', 'chude'],
  asker: ['asker', 'name', 'hoten', 'hovaten', 'nguoihoi', 'nguoicoykien', 'hotennguoihoi'],
  visibility: ['visibility', 'nameshownto', 'hienten', 'hienthiten', 'congkhaiten'],
};

export const requiredColumns: readonly QuestionImportColumn[] = ['hall', 'text'];

/** What people write for who may read a name; folded. */
export const visibilities: Record<NameVisibility, readonly string[]> = {
  public: ['public', 'everybody', 'cong khai', 'co', 'yes'],
  hall: ['hall', 'diem cau', 'trong diem cau'],
  desk: ['desk', 'secretariat', 'thu ky', 'ban thu ky', 'ban to chuc'],
  none: ['none', 'nobody', 'khong', 'an danh', 'no'],
};
