import { describe, expect, test } from 'vitest';
import { parseTranscription } from './answer.ts';

const second = 16_000;
const parse = (answer: unknown) => parseTranscription(JSON.stringify(answer), 4 * second);

test('a segment is a final, with the words within it', () => {
  const words = [
    { word: 'Kính', start: 0.1, end: 0.4 },
    { word: 'thưa', start: 0.4, end: 0.8 },
    { word: 'chủ', start: 2, end: 2.2 },
  ];
  const segments = [
    { id: 0, text: ' Kính thưa', start: 0.1, end: 0.9, avg_logprob: Math.log(0.8) },
    { id: 1, text: ' chủ', start: 2, end: 2.3, avg_logprob: null },
  ];
  expect(parse({ text: 'Kính thưa chủ', words, segments })).toEqual([
    {
      text: ' Kính thưa',
      start: 1_600,
      end: 14_400,
      confidence: expect.closeTo(0.8),
      words: [
        { text: 'Kính', start: 1_600, end: 6_400, confidence: null },
        { text: 'thưa', start: 6_400, end: 12_800, confidence: null },
      ],
      speaker: null,
    },
    {
      text: ' chủ',
      start: 32_000,
      end: 36_800,
      confidence: null,
      words: [{ text: 'chủ', start: 32_000, end: 35_200, confidence: null }],
      speaker: null,
    },
  ]);
});

test('words that stand in their segment, with their probability', () => {
  const words = [{ word: ' xin', start: 0, end: 0.5, probability: 0.7 }];
  const segments = [{ text: ' xin', start: 0, end: 0.5, words }];
  expect(parse({ text: 'xin', segments })?.[0]?.words).toEqual([
    { text: ' xin', start: 0, end: 8_000, confidence: 0.7 },
  ]);
});

test('text alone is one final over the whole utterance', () => {
  expect(parse({ text: 'Xin cảm ơn' })).toEqual([
    { text: 'Xin cảm ơn', start: 0, end: 64_000, confidence: null, words: null, speaker: null },
  ]);
});

test('segments out of order are not believed, their text is', () => {
  const segments = [
    { text: 'b', start: 2, end: 3 },
    { text: 'a', start: 0, end: 1 },
  ];
  expect(parse({ text: 'b a', segments })).toMatchObject([{ text: 'b a', start: 0, end: 64_000 }]);
});

test('what was made out of noise is left out', () => {
  const noise = { avg_logprob: -1.5, no_speech_prob: 0.9 };
  const segments = [
    { text: 'Hãy đăng ký kênh', start: 0, end: 2, ...noise },
    { text: 'Xin mời', start: 2, end: 3, avg_logprob: -0.2, no_speech_prob: 0.9 },
  ];
  expect(parse({ text: 'both', segments })?.map(({ text }) => text)).toEqual(['Xin mời']);
  expect(parse({ text: 'one', segments: segments.slice(0, 1) })).toEqual([]);
  expect(parse({ text: '', segments: [] })).toEqual([]);
});

describe('no transcription', () => {
  const given = ['', 'null', '[]', '{"error":{"message":"no"}}', '{"text":5}', '<html>'];
  test.each(given)('%j', (text) => {
    expect(parseTranscription(text, second)).toBeNull();
  });

  test('a time that is none', () => {
    expect(parse({ text: 'a', segments: [{ text: 'a', start: -1, end: 2 }] })).toBeNull();
  });
});
