import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { captionRows, captionStayMs, FirstReading, rowLength } from './caption-rows.ts';

const leader = { kind: 'host', name: null } as const;
const hall = { kind: 'turn', bridgePointName: 'Ba Vì', asker: 'Bà Lan', name: null } as const;

const caption = (at: number, text: string, more: Partial<CaptionFact> = {}): CaptionFact => ({
  id: `${at}`,
  position: at,
  at,
  endAt: at + 900,
  text,
  track: 'vi',
  speaker: leader,
  isLate: false,
  isCorrected: false,
  ...more,
});
const usual = { unfinished: [], now: 10_000, rows: 3, track: 'vi', leader: 'Chủ trì' };
const texts = (captions: CaptionFact[], more: Partial<Parameters<typeof captionRows>[0]> = {}) =>
  captionRows({ ...usual, captions, ...more }).map(
    ({ speaker, text, open }) => (speaker ? `[${speaker}] ` : '') + text + (open ? '…' : ''),
  );

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
    const rows = captionRows({ ...usual, captions: [caption(1_000, text)], rows: 20 });
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
    expect(texts(said)).toEqual(['[Chủ trì] Xin chào']);
    expect(texts(said, { track: 'en' })).toEqual(['[Chủ trì] Good morning']);
  });

  it('leave when nobody has spoken for a while', () => {
    const said = [caption(1_000, 'Xin chào')];
    expect(texts(said, { now: 1_899 + captionStayMs })).toHaveLength(1);
    expect(texts(said, { now: 1_900 + captionStayMs })).toEqual([]);
    expect(texts([])).toEqual([]);
  });
});

it('a final line stays on the screen as it was first shown', () => {
  const first = new FirstReading();
  first.of([caption(1, 'đường liên thơn')]);
  const corrected = caption(1, 'đường liên thôn', { isCorrected: true });
  expect(first.of([corrected, caption(2, 'mới')]).map(({ text }) => text)).toEqual([
    'đường liên thơn',
    'mới',
  ]);
});
