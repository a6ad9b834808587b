import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { caption } from '../../core/captions/caption.fixture.ts';
import { CaptionScreen, captionStayMs, rowLength } from './caption-rows.ts';
import type { CaptionRowsInput } from './caption-rows.ts';

const hall = { kind: 'turn', bridgePointName: 'Ba Vì', asker: 'Bà Lan', name: null } as const;
const usual = { unfinished: [], now: 10_000, rows: 3, track: 'vi', leader: 'Chủ trì' };

/** A screen, and what is read on it. */
function opened() {
  const screen = new CaptionScreen();
  return (captions: CaptionFact[], more: Partial<CaptionRowsInput> = {}) =>
    screen
      .rows({ ...usual, captions, ...more })
      .map(
        ({ speaker, text, open }) => (speaker ? `[${speaker}] ` : '') + text + (open ? '…' : ''),
      );
}

const texts = (captions: CaptionFact[], more: Partial<CaptionRowsInput> = {}) =>
  opened()(captions, more);

describe('rows of captions', () => {
  it('name the speaker where that changes, and show the newest', () => {
    const said = [
      caption(1_000, 'Xin mời điểm cầu.'),
      caption(2_000, 'Xin mời Ba Vì.'),
      caption(3_000, 'Kính thưa chủ tọa.', { speaker: hall }),
      caption(4_000, 'Tôi xin hỏi.', { speaker: { ...hall, name: 'Ông Bình' } }),
    ];
    expect(texts(said)).toEqual([
      'Xin mời Ba Vì.',
      '[Bà Lan] Kính thưa chủ tọa.',
      '[Ông Bình] Tôi xin hỏi.',
    ]);
  });

  it('are never longer than what is read at a glance, the speaker’s name with them', () => {
    const text = 'đường liên thôn đã hỏng từ mùa mưa năm ngoái mà chưa được sửa '.repeat(4);
    const screen = new CaptionScreen();
    const rows = screen.rows({ ...usual, captions: [caption(1_000, text)], rows: 20 });
    expect(rows.length).toBeGreaterThan(5);
    for (const { speaker, text: row } of rows) {
      expect((speaker ? `${speaker}: ` : '').length + row.length).toBeLessThanOrEqual(rowLength);
    }
    expect(rows.map((row) => row.text).join(' ')).toBe(text.trim());
  });

  it('end with the words that are not final', () => {
    const unfinished = [{ id: 'run', speaker: hall, text: 'Kính thưa' }];
    expect(texts([caption(1_000, 'Xin mời.')], { unfinished })).toEqual([
      '[Chủ trì] Xin mời.',
      '[Bà Lan] Kính thưa…',
    ]);
    expect(texts([], { unfinished })).toEqual(['[Bà Lan] Kính thưa…']);
  });

  it('are of one track, and nothing that was transcribed late', () => {
    const said = [
      caption(1_000, 'Good morning', { track: 'en' }),
      caption(2_000, 'Xin chào'),
      caption(3_000, 'Đã nói từ lâu', { isLate: true }),
    ];
    const reads = opened();
    expect(reads(said)).toEqual(['[Chủ trì] Xin chào']);
    expect(reads(said, { track: 'en' })).toEqual(['[Chủ trì] Good morning']);
  });
});

describe('silence', () => {
  const before = caption(1_000, 'Xin chào');

  it('takes the rows away', () => {
    expect(texts([before], { now: 1_899 + captionStayMs })).toHaveLength(1);
    expect(texts([before], { now: 1_900 + captionStayMs })).toEqual([]);
    expect(texts([])).toEqual([]);
  });

  it('takes nothing away while somebody speaks', () => {
    const reads = opened();
    const unfinished = [{ id: 'run', speaker: { kind: 'host', name: null } as const, text: 'Tôi' }];
    const both = ['[Chủ trì] Xin chào', 'Tôi…'];
    expect(reads([before], { unfinished })).toEqual(both);
    expect(reads([before], { unfinished, now: 5_000 + captionStayMs })).toEqual(both);
  });

  it('takes them away for good: what comes then stands as it did unfinished', () => {
    const reads = opened();
    const [spoke, ends] = [60_000, 63_000];
    reads([before], { now: 50_000 });
    const unfinished = [{ id: 'run', speaker: before.speaker, text: 'Tôi xin nói' }];
    expect(reads([before], { unfinished, now: ends })).toEqual(['[Chủ trì] Tôi xin nói…']);
    const final = caption(spoke, 'Tôi xin nói.', { endAt: ends });
    expect(reads([before, final], { now: ends + 200 })).toEqual(['[Chủ trì] Tôi xin nói.']);
  });
});

describe('a line that comes at once and has more rows than fit', () => {
  const before = caption(1_000, 'Xin mời.');
  // A word of 36 letters each: a row each.
  const words = [...'abcdefg'].map((letter) => letter.repeat(36));
  const long = caption(10_000, words.join(' '), { endAt: 20_000 });
  const rowsOf = (letters: string) => [...letters].map((letter) => letter.repeat(36));
  const said = [before, long];

  it('goes through them at a reader’s pace', () => {
    const reads = opened();
    reads([before], { now: 12_000 });
    expect(reads(said, { now: 20_000 })).toEqual(rowsOf('abc'));
    expect(reads(said, { now: 21_900 })).toEqual(rowsOf('abc'));
    expect(reads(said, { now: 22_000 })).toEqual(rowsOf('bcd'));
    expect(reads(said, { now: 24_000 })).toEqual(rowsOf('cde'));
    const next = caption(23_000, 'h'.repeat(36));
    expect(reads([...said, next], { now: 26_000 })).toEqual(rowsOf('def'));
    expect(reads([...said, next], { now: 28_000 })).toEqual(rowsOf('efg'));
    expect(reads([...said, next], { now: 30_000 })).toEqual(rowsOf('fgh'));
    expect(reads([...said, next], { now: 29_999 + captionStayMs })).toEqual(rowsOf('fgh'));
    expect(reads([...said, next], { now: 30_000 + captionStayMs })).toEqual([]);
  });

  it('faster where much waits', () => {
    const reads = opened();
    reads([before], { now: 12_000 });
    const more = caption(19_000, rowsOf('hijk').join(' '));
    expect(reads([...said, more], { now: 20_000 })).toEqual(rowsOf('abc'));
    expect(reads([...said, more], { now: 21_000 })).toEqual(rowsOf('bcd'));
  });

  it('is at its end where its words were read while they were unfinished', () => {
    const reads = opened();
    const unfinished = [{ id: 'run', speaker: long.speaker, text: long.text }];
    const end = rowsOf('efg');
    expect(reads([before], { unfinished, now: 19_000 })).toEqual(end.map((row) => `${row}…`));
    expect(reads(said, { now: 20_000 })).toEqual(end);
    expect(reads(said, { now: 25_000 })).toEqual(end);
  });

  it('is at its end for a screen that comes late, and is not begun again when a line is removed', () => {
    const reads = opened();
    const last = caption(21_000, 'h'.repeat(36));
    expect(reads([...said, last], { now: 22_000 })).toEqual(rowsOf('fgh'));
    expect(reads(said, { now: 23_000 })).toEqual(rowsOf('efg'));
  });
});
