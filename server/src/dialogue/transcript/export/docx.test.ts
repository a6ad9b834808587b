import { redactionMark } from '@nhip-cau/shared/model/transcript';
import { describe, expect, test } from 'vitest';
import { unzip } from '../../tables/unzip.fixture.ts';
import { toDocx } from './docx.ts';
import { certification, hall, lineBody, transcriptBody } from './transcript.fixture.ts';

const asked = { speaker: hall, questionId: 'q' };
const lines = [
  lineBody(5_000, 'Kính chào.'),
  lineBody(9_000, `Nhà ${redactionMark} ở <số 5> & 6,`, {
    ...asked,
    redactions: [{ reason: 'Tên người khác' }],
  }),
  lineBody(12_000, 'bao giờ có?', asked),
];

type Transcript = Parameters<typeof toDocx>[0];

/** The document's paragraphs as text, and its parts. */
async function written(transcript: Transcript, isExtract = false, language = 'vi' as 'vi' | 'en') {
  const files = unzip(await toDocx(transcript, { language, isExtract }));
  const body = files.get('word/document.xml')!;
  const paragraphs = body.split('</w:p>').map((paragraph) =>
    [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)]
      .map(([, text]) => text)
      .join('')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );
  return { files, body, paragraphs };
}

describe('the transcript as a document', () => {
  test('has the form of official documents', async () => {
    const { files, body, paragraphs } = await written(transcriptBody(lines));
    expect(files.get('word/styles.xml')).toContain('Times New Roman');
    expect(files.get('word/styles.xml')).toContain('<w:sz w:val="28"/>');
    expect(paragraphs).toContain('UBND THÀNH PHỐ');
    expect(paragraphs).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(paragraphs).toContain('BẢN GỠ BĂNG');
    // A4, and wider on the left, in twentieths of a point.
    expect(body).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
    expect(body).toMatch(/w:left="1701"/);
    const beside = [...files].filter(([name]) => /word\/(header|footer)\d/.test(name));
    const fields = beside.map(([, xml]) => xml).join('');
    expect(fields).toContain('PAGE');
    expect(fields).toContain('NUMPAGES');
    expect(fields).toContain('chưa được xác nhận');
  });

  test('says who spoke when, by question, and why something was taken out', async () => {
    const { paragraphs } = await written(transcriptBody(lines));
    const from = paragraphs.indexOf('Chủ trì:');
    expect(paragraphs.slice(from, from + 5)).toEqual([
      'Chủ trì:',
      '[08:00:05]  Kính chào.',
      'Ý kiến: Bao giờ có sổ đỏ? (Phường <1>)',
      'Nguyễn Thị Lan (Phường <1>):',
      `[08:00:09]  Nhà ${redactionMark} [không công bố: Tên người khác] ở <số 5> & 6, bao giờ có?`,
    ]);
    expect(paragraphs.join('\n')).not.toContain('XÁC NHẬN BẢN GỠ BĂNG');
  });

  test('has a certificate once it was certified', async () => {
    const { paragraphs, body } = await written(transcriptBody(lines, { certification }));
    expect(body).toContain('w:pageBreakBefore');
    const from = paragraphs.indexOf('XÁC NHẬN BẢN GỠ BĂNG');
    const certificate = paragraphs.slice(from);
    expect(from).toBeGreaterThan(0);
    for (const part of [
      'Chánh Văn phòng Trần Văn Bình',
      'Thời điểm xác nhận',
      '0123456789abcdef',
    ]) {
      expect(certificate).toContain(part);
    }
    expect(certificate.filter((text) => text === '0123456789abcdef')).toHaveLength(4);
  });

  test('in another language says whose it is, and that it is an extract', async () => {
    const { paragraphs } = await written(transcriptBody(lines), true, 'en');
    expect(paragraphs).toContain('TRANSCRIPT (EXTRACT)');
    expect(paragraphs.join('\n')).not.toContain('CỘNG HÒA');
    expect(paragraphs).toContain('Host:');
  });
});
