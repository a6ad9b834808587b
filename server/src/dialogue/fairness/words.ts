import type { RecordLanguage } from '../record/words.ts';

export interface FairnessWords {
  /** Suffix of the downloaded file's name. */
  file: string;
  sheets: { districts: string; fields: string; neverHeard: string; pins: string };
  district: string;
  field: string;
  noField: string;
  halls: string;
  hallsHeard: string;
  questions: string;
  heard: string;
  waiting: string;
  settled: string;
  turns: string;
  seconds: string;
  share: string;
  total: string;
  code: string;
  hall: string;
  at: string;
  by: string;
  question: string;
  place: string;
  givenBack: string;
  reason: string;
  roles: Record<string, string>;
}

export const fairnessWords: Record<RecordLanguage, FairnessWords> = {
  vi: {
    file: 'cong-bang',
    sheets: {
      districts: 'Theo địa bàn',
      fields: 'Theo lĩnh vực',
      neverHeard: 'Chưa phát biểu',
      pins: 'Xếp bằng tay',
    },
    district: 'Quận/Huyện',
    field: 'Lĩnh vực',
    noField: 'Chưa phân loại',
    halls: 'Điểm cầu',
    hallsHeard: 'Điểm cầu đã phát biểu',
    questions: 'Ý kiến về Thành phố',
    heard: 'Đã nghe',
    waiting: 'Đang chờ',
    settled: 'Xử lý không qua phát biểu',
    turns: 'Lượt phát biểu',
    seconds: 'Thời gian nói (giây)',
    share: 'Tỷ lệ thời gian (%)',
    total: 'Tổng cộng',
    code: 'Mã',
    hall: 'Điểm cầu',
    at: 'Lúc',
    by: 'Người thực hiện',
    question: 'Ý kiến',
    place: 'Đặt ở lượt thứ',
    givenBack: 'Trả về thứ tự theo quy tắc',
    reason: 'Lý do',
    roles: { secretary: 'Thư ký', host: 'Chủ trì', admin: 'Quản trị' },
  },
  en: {
    file: 'fairness',
    sheets: {
      districts: 'By district',
      fields: 'By field',
      neverHeard: 'Never heard',
      pins: 'Moved by hand',
    },
    district: 'District',
    field: 'Field',
    noField: 'No field',
    halls: 'Bridge points',
    hallsHeard: 'Bridge points heard',
    questions: 'Questions at the city',
    heard: 'Heard',
    waiting: 'Waiting',
    settled: 'Settled without a turn',
    turns: 'Turns',
    seconds: 'Spoken (s)',
    share: 'Share of time (%)',
    total: 'Total',
    code: 'Code',
    hall: 'Bridge point',
    at: 'At',
    by: 'By',
    question: 'Question',
    place: 'Put as number',
    givenBack: 'Given back to the rule',
    reason: 'Reason',
    roles: { secretary: 'Secretary', host: 'Host', admin: 'Administrator' },
  },
};
