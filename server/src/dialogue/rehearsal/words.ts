import type { CheckName, CheckResult, RollCallResult } from '@nhip-cau/shared/model/rehearsal';
import type { RecordLanguage } from '../record/words.ts';

export interface RehearsalWords {
  /** Suffix of the downloaded file's name. */
  file: string;
  sheet: string;
  district: string;
  hall: string;
  code: string;
  rollCall: string;
  results: Record<RollCallResult, string>;
  note: string;
  by: string;
  markedAt: string;
  checkedAt: string;
  checks: Record<CheckName, string>;
  checkResults: Record<CheckResult, string>;
}

export const rehearsalWords: Record<RecordLanguage, RehearsalWords> = {
  vi: {
    file: 'tong-duyet',
    sheet: 'Tổng duyệt',
    district: 'Quận, huyện',
    hall: 'Điểm cầu',
    code: 'Mã',
    rollCall: 'Điểm danh kỹ thuật',
    results: { ok: 'Đạt', problem: 'Có vấn đề', absent: 'Vắng mặt' },
    note: 'Ghi chú',
    by: 'Người ghi',
    markedAt: 'Ghi lúc',
    checkedAt: 'Tự kiểm tra lúc',
    checks: {
      camera: 'Camera',
      picture: 'Hình ảnh',
      microphone: 'Micro',
      echo: 'Tiếng vọng',
      up: 'Đường truyền lên',
      down: 'Đường truyền xuống',
      clock: 'Đồng hồ',
    },
    checkResults: { ok: 'Đạt', problem: 'Không đạt', skipped: 'Bỏ qua' },
  },
  en: {
    file: 'rehearsal',
    sheet: 'Rehearsal',
    district: 'District',
    hall: 'Bridge point',
    code: 'Code',
    rollCall: 'Roll call',
    results: { ok: 'Ready', problem: 'Problem', absent: 'Absent' },
    note: 'Note',
    by: 'Marked by',
    markedAt: 'Marked at',
    checkedAt: 'Checked itself at',
    checks: {
      camera: 'Camera',
      picture: 'Picture',
      microphone: 'Microphone',
      echo: 'Echo',
      up: 'Upload',
      down: 'Download',
      clock: 'Clock',
    },
    checkResults: { ok: 'Passed', problem: 'Failed', skipped: 'Skipped' },
  },
};
