/** Words that stand in files which people keep. */
export const recordLanguages = ['vi', 'en'] as const;

export type RecordLanguage = (typeof recordLanguages)[number];

export interface RecordWords {
  host: string;
  unnamedSpeaker: string;
  transcript: string;
  organiser: string;
  startedAt: string;
  endedAt: string;
  question: string;
  /** Before the name of whoever asked. */
  asker: string;
  version: string;
  /** What was not certified. */
  draft: string;
  certified: string;
  certifiedBy: string;
  certifiedAt: string;
  certificate: string;
  /** What the certificate vouches for. */
  statement: string;
  /** To whom the hash refers where parts are left out. */
  hashOfAll: string;
  supersededAt: string;
  reason: string;
  hash: string;
  lines: string;
  extract: string;
  translation: string;
  /** Before the reason why something was taken out. */
  redacted: string;
  event: string;
  signature: string;
  /** Suffix of the downloaded file's name. */
  fileTranscript: string;
  fileRecord: string;
}

export const recordWords: Record<RecordLanguage, RecordWords> = {
  vi: {
    host: 'Chủ trì',
    unnamedSpeaker: 'Đại biểu',
    transcript: 'Bản gỡ băng',
    organiser: 'Đơn vị tổ chức',
    startedAt: 'Bắt đầu',
    endedAt: 'Kết thúc',
    question: 'Ý kiến',
    asker: 'người nêu',
    version: 'Bản',
    draft: 'Đang hoàn thiện, chưa được xác nhận',
    certified: 'đã xác nhận',
    certifiedBy: 'Người xác nhận',
    certifiedAt: 'Thời điểm xác nhận',
    certificate: 'Xác nhận bản gỡ băng',
    statement:
      'Bản gỡ băng này đã được rà soát, đối chiếu với bản ghi âm và được xác nhận đúng với nội dung trao đổi tại hội nghị.',
    hashOfAll:
      'Mã băm được tính trên toàn văn của bản đã xác nhận, gồm cả những phần không có trong tài liệu này.',
    supersededAt: 'Được thay thế bằng bản sau',
    reason: 'lý do',
    hash: 'Mã băm SHA-256',
    lines: 'Số dòng',
    extract: 'Bản trích',
    translation: 'Bản dịch',
    redacted: 'không công bố',
    event: 'Hội nghị',
    signature: '(Ký, ghi rõ họ tên)',
    fileTranscript: 'go-bang',
    fileRecord: 'ho-so',
  },
  en: {
    host: 'Host',
    unnamedSpeaker: 'Participant',
    transcript: 'Transcript',
    organiser: 'Organised by',
    startedAt: 'Began',
    endedAt: 'Ended',
    question: 'Question',
    asker: 'asked by',
    version: 'Version',
    draft: 'Work in progress, not certified',
    certified: 'certified',
    certifiedBy: 'Certified by',
    certifiedAt: 'Certified at',
    certificate: 'Certificate of the transcript',
    statement:
      'This transcript has been checked against the recording and is certified to be what was said.',
    hashOfAll:
      'The hash is of the whole version, with the parts that are not published in this copy.',
    supersededAt: 'Superseded by a later version',
    reason: 'reason',
    hash: 'SHA-256',
    lines: 'Lines',
    extract: 'Extract',
    translation: 'Translation',
    redacted: 'not published',
    event: 'Event',
    signature: '(Signature and full name)',
    fileTranscript: 'transcript',
    fileRecord: 'record',
  },
};
