import type { AttendanceChange } from '@nhip-cau/shared/protocol/attendance-report';
import type { AttendeeSource } from '@nhip-cau/shared/protocol/facts';
import type { RecordLanguage } from '../record/words.ts';

export interface AttendanceWords {
  /** Suffix of the downloaded file's name. */
  file: string;
  sheets: { halls: string; people: string; corrections: string };
  district: string;
  hall: string;
  code: string;
  expected: string;
  headcount: string;
  headcountAt: string;
  listed: string;
  came: string;
  present: string;
  joined: string;
  peak: string;
  firstAt: string;
  lastAt: string;
  total: string;
  name: string;
  unnamed: string;
  how: string;
  sources: Record<AttendeeSource, string>;
  joinedAt: string;
  leftAt: string;
  at: string;
  by: string;
  about: string;
  field: string;
  fields: Record<AttendanceChange['of'], string>;
  from: string;
  to: string;
  reason: string;
  roles: Record<string, string>;
}

export const attendanceWords: Record<RecordLanguage, AttendanceWords> = {
  vi: {
    file: 'diem-danh',
    sheets: { halls: 'Theo điểm cầu', people: 'Người dự', corrections: 'Điều chỉnh' },
    district: 'Quận, huyện',
    hall: 'Điểm cầu',
    code: 'Mã',
    expected: 'Dự kiến',
    headcount: 'Số đếm',
    headcountAt: 'Báo lúc',
    listed: 'Trong danh sách',
    came: 'Đã đến',
    present: 'Đang có mặt',
    joined: 'Điện thoại tham gia',
    peak: 'Đông nhất cùng lúc',
    firstAt: 'Người đến đầu tiên',
    lastAt: 'Người về cuối cùng',
    total: 'Tổng cộng',
    name: 'Họ và tên',
    unnamed: 'Không nêu tên',
    how: 'Cách điểm danh',
    sources: { qr: 'Quét mã', list: 'Theo danh sách', manual: 'Ghi tại chỗ' },
    joinedAt: 'Đến lúc',
    leftAt: 'Về lúc',
    at: 'Thời điểm',
    by: 'Người điều chỉnh',
    about: 'Đối tượng',
    field: 'Nội dung',
    fields: {
      headcount: 'Số đếm',
      name: 'Họ và tên',
      joinedAt: 'Giờ đến',
      leftAt: 'Giờ về',
      removed: 'Bỏ khỏi danh sách',
    },
    from: 'Trước',
    to: 'Sau',
    reason: 'Lý do',
    roles: { moderator: 'Điều phối điểm cầu', secretary: 'Thư ký' },
  },
  en: {
    file: 'attendance',
    sheets: { halls: 'By bridge point', people: 'People', corrections: 'Corrections' },
    district: 'District',
    hall: 'Bridge point',
    code: 'Code',
    expected: 'Expected',
    headcount: 'Headcount',
    headcountAt: 'Reported at',
    listed: 'Listed',
    came: 'Came',
    present: 'Present',
    joined: 'Phones joined',
    peak: 'Most at once',
    firstAt: 'First arrival',
    lastAt: 'Last departure',
    total: 'In all',
    name: 'Name',
    unnamed: 'No name given',
    how: 'Checked in by',
    sources: { qr: 'Code', list: 'List', manual: 'At the door' },
    joinedAt: 'Came at',
    leftAt: 'Left at',
    at: 'When',
    by: 'Corrected by',
    about: 'About',
    field: 'What',
    fields: {
      headcount: 'Headcount',
      name: 'Name',
      joinedAt: 'Came at',
      leftAt: 'Left at',
      removed: 'Taken off the list',
    },
    from: 'Before',
    to: 'After',
    reason: 'Why',
    roles: { moderator: 'Moderator', secretary: 'Secretary' },
  },
};
