import type {
  TranscriptBody,
  TranscriptLineBody,
} from '@nhip-cau/shared/protocol/transcript-record';

/** 08:00 of the city's clock. */
export const began = Date.UTC(2026, 0, 5, 1, 0, 0);

/** A line said so many ms after the beginning. */
export function lineBody(
  offsetMs: number,
  text: string,
  said: Partial<TranscriptLineBody> = {},
): TranscriptLineBody {
  return {
    id: `line-${offsetMs}`,
    position: 1,
    at: began + offsetMs,
    endAt: null,
    offsetMs,
    track: 'vi',
    speaker: { kind: 'host', name: null },
    turnId: null,
    bridgePointId: null,
    questionId: null,
    text,
    words: null,
    isLate: false,
    isCorrected: false,
    audio: null,
    redactions: [],
    work: null,
    ...said,
  };
}

/** Words that took `ms` each, one after another. */
export const wordsEvery = (ms: number, text: string): TranscriptLineBody['words'] =>
  text.split(' ').map((word, index) => ({
    text: word,
    startMs: index * ms,
    endMs: (index + 1) * ms,
    confidence: null,
  }));

export const hall = {
  kind: 'turn',
  bridgePointName: 'Phường <1>',
  asker: 'Nguyễn Thị Lan',
  name: null,
} as const;

export function transcriptBody(
  lines: TranscriptLineBody[],
  more: Partial<TranscriptBody> = {},
): TranscriptBody {
  return {
    dialogue: {
      id: 'd',
      title: 'Đối thoại --> 2026',
      organiser: 'UBND Thành phố',
      state: 'ended',
      startsAt: began,
      startedAt: began,
      endedAt: began + 3_600_000,
    },
    version: 1,
    state: 'draft',
    certification: null,
    certifications: [],
    hash: '0'.repeat(64),
    tracks: ['vi'],
    questions: [
      { id: 'q', wording: 'Bao giờ có sổ đỏ?', bridgePointName: 'Phường <1>', asker: null },
    ],
    lines,
    ...more,
  };
}

export const certification = {
  version: 1,
  hash: '0123456789abcdef'.repeat(4),
  certifiedBy: 'Chánh Văn phòng Trần Văn Bình',
  by: 'Thư ký',
  at: began + 7_200_000,
  supersededAt: null,
  reason: null,
};
