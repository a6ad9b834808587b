import { describe, expect, test } from 'vitest';
import { WebVTTParser } from 'webvtt-parser';
import { toSrt, toWebVtt } from './subtitles.ts';
import { certification, hall, lineBody, transcriptBody, wordsEvery } from './transcript.fixture.ts';

const lines = [
  lineBody(5_000, 'Kính chào.'),
  lineBody(3_600_250, '1 < 2 & 3 --> hết giờ rồi', { speaker: hall }),
];

/** Everything that a strict parser (W3C) has to say, and the cues. */
function parse(text: string) {
  const { cues, errors } = new WebVTTParser().parse(text, 'metadata');
  const markup = new WebVTTParser().parse(text, 'subtitles');
  return { cues, errors: [...errors, ...markup.errors].map(({ message }) => message) };
}

describe('WebVTT', () => {
  test('has a voice a cue, escaped', () => {
    expect(toWebVtt(transcriptBody(lines), { language: 'vi' })).toBe(
      [
        'WEBVTT',
        '',
        'NOTE',
        'Đối thoại → 2026',
        'UBND Thành phố',
        'Bản 1. Đang hoàn thiện, chưa được xác nhận.',
        '',
        'line-5000',
        '00:00:05.000 --> 00:00:06.000',
        '<v Chủ trì>Kính chào.',
        '',
        'line-3600250',
        '01:00:00.250 --> 01:00:01.875',
        '<v Nguyễn Thị Lan (Phường &lt;1&gt;)>1 &lt; 2 &amp; 3 --&gt; hết giờ rồi',
        '',
      ].join('\n'),
    );
  });

  test('says which version it is of, and by whom it was certified', () => {
    const text = toWebVtt(transcriptBody(lines, { certification }), { language: 'en' });
    expect(text).toContain('Certified by: Chánh Văn phòng Trần Văn Bình');
    expect(text).toContain(`SHA-256: ${certification.hash}`);
    expect(parse(text).errors).toEqual([]);
  });

  const words = 'Bà con ở thôn tôi đã nộp hồ sơ từ năm ngoái mà đến nay chưa có trả lời'.split(' ');
  /** Hundreds of lines as they may come: short, long, at once, with what means something to VTT. */
  const many = Array.from({ length: 400 }, (_, index) => {
    const count = 1 + ((index * 7) % 60);
    const said = Array.from({ length: count }, (_word, at) => words[(index + at) % words.length]!);
    const odd = ['-->', '<b>', '&amp;', '\u200e', '{i}', 'NOTE', '00:00:01.000', '</v>', '…'];
    const text = [...said, odd[index % odd.length]!].join(' ');
    const at = Math.floor(index / 3) * 2_500 + (index % 3 === 2 ? 40 : 0);
    return lineBody(at, text, {
      id: `line-${index}`,
      speaker: index % 2 ? hall : { kind: 'host', name: 'A --> B\u00a0& <C>' },
      ...(index % 4 ? { words: wordsEvery(250, text) } : {}),
    });
  });

  test('passes a strict parser, whatever was said', () => {
    const text = toWebVtt(transcriptBody(many), { language: 'vi' });
    const { cues, errors } = parse(text);
    expect(errors).toEqual([]);
    expect(cues.length).toBeGreaterThan(many.length);
    for (const { text: rows } of cues) {
      const shown = rows.replace(/^<v [^>]*>/, '').split('\n');
      expect(shown.length).toBeLessThanOrEqual(2);
    }
  });

  test('of nothing is still a file', () => {
    expect(parse(toWebVtt(transcriptBody([]), { language: 'vi' })).errors).toEqual([]);
  });

  test('follows the clock of the file that it is for', () => {
    const text = toWebVtt(transcriptBody(lines), { language: 'vi', timeOf: () => 61_001 });
    expect(text).toContain('00:01:01.001 -->');
  });
});

describe('SubRip', () => {
  test('counts its cues and names the speaker where it changes', () => {
    const more = [...lines, lineBody(3_605_000, 'Xong.', { id: 'c', speaker: hall })];
    expect(toSrt(transcriptBody(more), { language: 'vi' })).toBe(
      [
        '1',
        '00:00:05,000 --> 00:00:06,000',
        'Chủ trì: Kính chào.',
        '',
        '2',
        '01:00:00,250 --> 01:00:01,875',
        'Nguyễn Thị Lan (Phường <1>):',
        '1 < 2 & 3 → hết giờ rồi',
        '',
        '3',
        '01:00:05,000 --> 01:00:06,000',
        'Xong.',
        '',
      ].join('\n'),
    );
  });
});
