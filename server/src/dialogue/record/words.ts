/** Words that stand in files which people keep. */
export const recordLanguages = ['vi', 'en'] as const;

export type RecordLanguage = (typeof recordLanguages)[number];

export interface RecordWords {
  host: string;
  unnamedSpeaker: string;
  transcript: string;
  organiser: string;
  startedAt: string;
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
    fileTranscript: 'go-bang',
    fileRecord: 'ho-so',
  },
  en: {
    host: 'Host',
    unnamedSpeaker: 'Participant',
    transcript: 'Transcript',
    organiser: 'Organised by',
    startedAt: 'Began',
    fileTranscript: 'transcript',
    fileRecord: 'record',
  },
};
