import { describe, expect, test } from 'vitest';
import { cuesOf } from './cues.ts';
import { began, lineBody, wordsEvery } from './transcript.fixture.ts';

const options = { timeOf: (at: number) => at - began };
const times = (lines: Parameters<typeof cuesOf>[0]) =>
  cuesOf(lines, options).map(({ startMs, endMs, rows }) => [startMs, endMs, rows.join(' | ')]);

const long =
  'Thưa đồng chí, bà con ở thôn tôi đã nộp hồ sơ từ năm ngoái, nhưng đến nay vẫn chưa được cấp giấy chứng nhận.';

describe('cues', () => {
  test('of a short line are one, for as long as reading takes, until the next', () => {
    expect(times([lineBody(5_000, 'Kính chào.')])).toEqual([[5_000, 6_000, 'Kính chào.']]);
    const two = [lineBody(5_000, 'Kính chào.'), lineBody(5_400, 'Xin mời.')];
    expect(times(two)).toEqual([
      [5_000, 5_400, 'Kính chào.'],
      [5_400, 6_400, 'Xin mời.'],
    ]);
  });

  test('of a long line are there with their words, two rows of 37 characters each', () => {
    const line = lineBody(10_000, long, { endAt: null, words: wordsEvery(300, long) });
    const cues = cuesOf([line], options);
    expect(cues.length).toBeGreaterThan(1);
    const words = long.split(' ');
    let before = 0;
    for (const [index, { startMs, endMs, rows, id }] of cues.entries()) {
      expect(rows.length).toBeLessThanOrEqual(2);
      for (const row of rows) expect([...row].length).toBeLessThanOrEqual(37);
      const count = rows.join(' ').split(' ').length;
      expect(startMs).toBe(10_000 + before * 300);
      before += count;
      expect(endMs).toBe(10_000 + before * 300);
      expect(id).toBe(index === 0 ? line.id : `${line.id}-${index + 1}`);
    }
    expect(cues.flatMap(({ rows }) => rows.join(' ').split(' '))).toEqual(words);
  });

  test('of a long line that was typed share its time by their length', () => {
    const cues = cuesOf([lineBody(0, long, { endAt: began + 11_000 })], options);
    expect(cues[0]!.startMs).toBe(0);
    expect(cues.at(-1)!.endMs).toBe(11_000);
    for (const [index, cue] of cues.entries()) {
      if (index > 0) expect(cue.startMs).toBe(cues[index - 1]!.endMs);
    }
  });

  test('that begin together have their times each, and all are in order', () => {
    const both = [lineBody(100, 'Một.'), lineBody(100, 'Hai.', { id: 'b' }), lineBody(900, 'Ba.')];
    expect(times(both)).toEqual([
      [100, 900, 'Một.'],
      [100, 900, 'Hai.'],
      [900, 1_900, 'Ba.'],
    ]);
    // Somebody spoke for long, and somebody else said a word meanwhile.
    const meanwhile = [
      lineBody(0, long, { words: wordsEvery(400, long) }),
      lineBody(4_000, 'Vâng.', { words: wordsEvery(300, 'Vâng.') }),
    ];
    const starts = cuesOf(meanwhile, options).map(({ startMs }) => startMs);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts).toContain(4_000);
  });

  test('follow another clock, word by word', () => {
    const line = lineBody(1_000, 'một hai', { words: wordsEvery(2_000, 'một hai') });
    // A pause was cut out of the file in the middle of the line.
    const timeOf = (at: number) => Math.min(at - began, 3_000);
    expect(cuesOf([line], { timeOf })).toMatchObject([{ startMs: 1_000, endMs: 3_000 }]);
  });

  test('with a name in front keep the times of their words', () => {
    const line = lineBody(0, long, { words: wordsEvery(300, long) });
    const [plain, named] = [
      cuesOf([line], options),
      cuesOf([line], { ...options, prefix: () => 'Chủ trì:' }),
    ];
    expect(named[0]!.rows[0]).toMatch(/^Chủ trì: Thưa/);
    expect(named[0]!.startMs).toBe(0);
    expect(named.at(-1)!.endMs).toBe(plain.at(-1)!.endMs);
  });
});
