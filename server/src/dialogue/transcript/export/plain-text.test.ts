import { expect, test } from 'vitest';
import { toPlainText } from './plain-text.ts';
import { certification, hall, lineBody, transcriptBody } from './transcript.fixture.ts';

const asked = { speaker: hall, questionId: 'q' };

test('the transcript as text has headings, speakers and the city’s own clock', () => {
  const transcript = transcriptBody([
    lineBody(5_000, 'Kính chào.'),
    lineBody(9_000, 'Tôi hỏi.', asked),
    lineBody(12_000, 'Bao giờ\ncó?', asked),
    lineBody(20_000, 'Xin trả lời.', { questionId: 'q' }),
  ]);
  expect(toPlainText(transcript, 'vi')).toBe(
    [
      'Đối thoại --> 2026',
      'Đơn vị tổ chức: UBND Thành phố',
      'Bắt đầu: 08 giờ 00 phút, ngày 05 tháng 01 năm 2026',
      'Bản gỡ băng',
      'Bản 1. Đang hoàn thiện, chưa được xác nhận.',
      '',
      'Chủ trì:',
      '[08:00:05] Kính chào.',
      '',
      'Ý kiến: Bao giờ có sổ đỏ? (Phường <1>)',
      '',
      'Nguyễn Thị Lan (Phường <1>):',
      '[08:00:09] Tôi hỏi.',
      '[08:00:12] Bao giờ có?',
      '',
      'Chủ trì:',
      '[08:00:20] Xin trả lời.',
      '',
    ].join('\n'),
  );
});

test('it says which version it is of', () => {
  const text = toPlainText(transcriptBody([], { certification }), 'en');
  expect(text).toContain('Began: 5 January 2026 at 08:00');
  expect(text).toContain('Certified by: Chánh Văn phòng Trần Văn Bình, 5 January 2026 at 10:00');
  const superseded = { ...certification, supersededAt: certification.at, reason: 'Sót lời' };
  expect(toPlainText(transcriptBody([], { certification: superseded }), 'vi')).toContain(
    'lý do: Sót lời',
  );
});
