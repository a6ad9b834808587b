import type { Word } from '@nhip-cau/shared/model/transcript';
import { describe, expect, test } from 'vitest';
import { lineOf } from './line.fixture.ts';
import { canMerge, merged, partsOf, split } from './pieces.ts';

const word = (text: string, startMs: number, endMs: number): Word => ({
  text,
  startMs,
  endMs,
  confidence: 0.9,
});

const heard = lineOf({
  id: 'heard',
  at: 10_000,
  endAt: 14_000,
  text: 'Xin chào. Tôi hỏi',
  words: [word('Xin', 0, 300), word('chào.', 300, 900), word('Tôi', 2_000, 2_400)].concat(
    word('hỏi', 2_400, 4_000),
  ),
  audio: { runId: 'run', startMs: 60_000, endMs: 64_000 },
  redactions: [
    { id: 'a', start: 0, end: 3, reason: '1' },
    { id: 'b', start: 4, end: 13, reason: '2' },
  ],
});

describe('a line that is split', () => {
  test('keeps its words’ times and its sound on both sides', () => {
    const { left, right } = split(heard, 10);
    expect(left).toMatchObject({
      at: 10_000,
      endAt: 10_900,
      text: 'Xin chào.',
      audio: { startMs: 60_000, endMs: 60_900 },
      redactions: [
        { id: 'a', start: 0, end: 3 },
        { id: 'b', start: 4, end: 9 },
      ],
    });
    expect(left.words).toEqual([word('Xin', 0, 300), word('chào.', 300, 900)]);
    expect(right).toMatchObject({
      at: 12_000,
      endAt: 14_000,
      text: 'Tôi hỏi',
      audio: { startMs: 62_000, endMs: 64_000 },
      redactions: [{ id: 'b', start: 0, end: 3 }],
    });
    expect(right.words).toEqual([word('Tôi', 0, 400), word('hỏi', 400, 2_000)]);
  });

  test('in the middle of a word shares its time', () => {
    const { left, right } = split(heard, 12);
    expect(left.words?.at(-1)).toMatchObject({ text: 'Tô', startMs: 2_000 });
    expect(right).toMatchObject({ text: 'i hỏi' });
    expect(right.words).toHaveLength(2);
    expect(right.at).toBeGreaterThan(12_000);
  });

  test('that was typed has no times to share', () => {
    const typed = lineOf({ id: 'typed', at: 5_000, text: 'một hai' });
    const { left, right } = split(typed, 3);
    expect([left.at, left.endAt, right.at, right.endAt]).toEqual([5_000, null, 5_000, null]);
    expect(right).toMatchObject({ text: 'hai', words: null, audio: null });
  });

  test.each([
    ['before it', 'một hai', 0],
    ['behind it', 'một hai', 7],
    ['where only spaces are left', 'một  ', 4],
  ])('cannot be split %s', (_where, text, at) => {
    expect(partsOf(text, at)).toBeNull();
  });

  test('cannot be split within a character', () => {
    expect(partsOf('a😀b', 2)).toBeNull();
    expect(partsOf('a😀b', 3)).toMatchObject({ left: 'a😀', right: 'b' });
  });

  test('and merged again is what it was', () => {
    const { left, right } = split(heard, 10);
    const again = merged({ ...left }, { ...right });
    const { at, endAt, text, words, audio, redactions } = heard;
    expect(again).toEqual({ at, endAt, text, words, audio, redactions });
  });
});

describe('lines that are merged', () => {
  const next = lineOf({ id: 'next', at: 16_000, position: 2, text: 'typed' });

  test('of which one was typed share the other’s sound', () => {
    expect(merged(heard, next)).toMatchObject({
      text: 'Xin chào. Tôi hỏi typed',
      endAt: 14_000,
      audio: heard.audio,
    });
    expect(merged(heard, next).words).toHaveLength(5);
    const early = lineOf({ id: 'early', at: 9_000, text: 'Thưa,' });
    expect(merged(early, heard)).toMatchObject({
      at: 9_000,
      audio: { startMs: 59_000, endMs: 64_000 },
    });
    expect(merged(early, heard).words?.[1]).toMatchObject({ text: 'Xin', startMs: 1_000 });
  });

  test.each([
    ['the later one behind the earlier one', heard, next, true],
    ['the earlier one behind the later one', next, heard, false],
    ['one behind itself', heard, heard, false],
    ['a translation behind what was said', heard, { ...next, track: 'en' }, false],
    ['another sound', heard, { ...next, audio: { ...heard.audio!, runId: 'other' } }, false],
    ['the same sound', heard, { ...next, audio: heard.audio }, true],
  ])('%s: %s', (_what, line, after, isAllowed) => {
    expect(canMerge(line, after)).toBe(isAllowed);
  });
});
