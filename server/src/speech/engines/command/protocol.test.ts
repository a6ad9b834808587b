import { describe, expect, test } from 'vitest';
import { parseLine } from './protocol.ts';

test('a partial', () => {
  expect(parseLine('{"partial":"kính thưa","start":1.5}')).toEqual({
    kind: 'partial',
    partial: { text: 'kính thưa', start: 24_000 },
  });
});

test('progress', () => {
  expect(parseLine('{"progress":2}')).toEqual({ kind: 'progress', position: 32_000 });
});

test('a final with the least there is', () => {
  expect(parseLine('{"final":"kính thưa","start":1,"end":2}')).toEqual({
    kind: 'final',
    final: {
      text: 'kính thưa',
      start: 16_000,
      end: 32_000,
      confidence: null,
      words: null,
      speaker: null,
    },
  });
});

test('a final with all there is', () => {
  const words = [{ text: 'kính', start: 1, end: 1.5, confidence: 0.4 }];
  const line = { final: 'kính', start: 1, end: 2, confidence: 0.9, words, speaker: 'A' };
  expect(parseLine(JSON.stringify(line))).toMatchObject({
    final: {
      confidence: 0.9,
      words: [{ text: 'kính', start: 16_000, end: 24_000, confidence: 0.4 }],
      speaker: 'A',
    },
  });
});

describe('nonsense', () => {
  const final = { final: 'a', start: 1, end: 2 };
  const given: unknown[] = [
    null,
    7,
    [],
    {},
    { partial: 'a' },
    { partial: 'a', start: -1 },
    { partial: 'a', start: '0' },
    { partial: 'a'.repeat(4_001), start: 0 },
    { progress: -1 },
    { progress: 1e9 },
    { progress: null },
    { ...final, final: '' },
    { ...final, end: 1 },
    { ...final, end: 0.5 },
    { ...final, confidence: 2 },
    { ...final, words: [{ text: 'a', start: 2, end: 1 }] },
    { ...final, words: 'a' },
    { ...final, extra: 1 },
    { ...final, partial: 'a' },
  ];
  test.each(given.map((one) => JSON.stringify(one)))('%s', (line) => {
    expect(parseLine(line)).toBeNull();
  });

  test.each(['', 'word', '{"final":"a"', '{"progress":NaN}'])('%s', (line) => {
    expect(parseLine(line)).toBeNull();
  });
});
