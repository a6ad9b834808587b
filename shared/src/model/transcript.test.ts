import { describe, expect, test } from 'vitest';
import { followRange, realign, redactionMark, type Word, withoutRedacted } from './transcript.ts';

/** `text@start-end` in ms, perhaps with `~confidence`; words after one another. */
const words = (written: string): Word[] =>
  written.split(' ').map((one) => {
    const [, text, start, end, confidence] = /^(.+)@(\d+)-(\d+)(?:~([\d.]+))?$/.exec(one)!;
    return {
      text: text!,
      startMs: Number(start),
      endMs: Number(end),
      confidence: confidence === undefined ? null : Number(confidence),
    };
  });

const written = (aligned: readonly Word[]) =>
  aligned
    .map(({ text, startMs, endMs, confidence }) =>
      [`${text}@${startMs}-${endMs}`, ...(confidence === null ? [] : [confidence])].join('~'),
    )
    .join(' ');

describe('words of a text that was changed', () => {
  test.each([
    ['nothing', 'đất@0-100~0.9 đai@100-200~0.8', 'đất đai', 'đất@0-100~0.9 đai@100-200~0.8'],
    ['case and punctuation', 'đất@0-100~0.9 đai@150-200', 'Đất đai.', 'Đất@0-100~0.9 đai.@150-200'],
    ['a word', 'hai@0-10 đất@20-40~0.3 đai@50-60', 'hai nhà đai', 'hai@0-10 nhà@20-40 đai@50-60'],
    ['one for two', 'hai@0-10 mươi@10-30 đồng@40-50', '20 đồng', '20@0-30 đồng@40-50'],
    ['two for one', 'abcd@0-40 xong@50-60', 'ab cd xong', 'ab@0-20 cd@20-40 xong@50-60'],
    ['one more between', 'tôi@0-10 hỏi@30-40', 'tôi xin hỏi', 'tôi@0-10 xin@10-30 hỏi@30-40'],
    ['one more in front', 'tôi@100-110', 'Thưa tôi', 'Thưa@100-100 tôi@100-110'],
    ['one more behind', 'tôi@100-110', 'tôi hỏi', 'tôi@100-110 hỏi@110-110'],
    ['one less', 'tôi@0-10 ờ@10-20 hỏi@20-30', 'tôi hỏi', 'tôi@0-10 hỏi@20-30'],
    ['a repeated word', 'a@0-1 b@1-2 a@2-3', 'b a', 'b@1-2 a@2-3'],
    ['all of it', 'một@0-50 hai@50-100', 'ab cd', 'ab@0-50 cd@50-100'],
  ])('keep the times of those that stayed: %s', (_what, before, text, after) => {
    expect(written(realign(words(before), text))).toBe(after);
  });

  test('what an engine writes for others is as sure as the least of them', () => {
    const heard = words('hai@0-10~0.9 mươi@10-30~0.4 đồng@40-50~0.8');
    expect(written(realign(heard, '20 đồng.', 'engine'))).toBe('20@0-30~0.4 đồng.@40-50~0.8');
  });

  test('of no words at all', () => {
    expect(realign([], 'xin chào')).toHaveLength(2);
    expect(realign(words('a@0-1'), ' ')).toEqual([]);
  });
});

describe('a part that is taken out', () => {
  const follow = (before: string, hidden: string, after: string) => {
    const start = before.indexOf(hidden);
    const range = followRange(before, after, { start, end: start + hidden.length });
    return range && after.slice(range.start, range.end);
  };

  test.each([
    ['the text before it', 'Tôi là An, ở đây', 'An,', 'Thưa, tôi tên là An, ở đây', 'An,'],
    ['the part itself', 'Tôi là An ở đây', 'An', 'Tôi là Nguyễn Văn An ở đây', 'Nguyễn Văn An'],
    ['what is beside it', 'số 12 An Bình ạ', '12 An', 'số 12 Anh Bình ạ', '12 Anh'],
    ['a beginning', 'An nói', 'An', 'Lan nói', 'Lan'],
    ['an end', 'gọi 0912', '0912', 'gọi số 0913 nhé', 'số 0913 nhé'],
  ])('is where it was after %s was changed', (_what, before, hidden, after, there) => {
    expect(follow(before, hidden, after)).toBe(there);
  });

  test('is gone with its words', () => {
    expect(follow('Tôi là An ở đây', 'An', 'Tôi là ở đây')).toBeNull();
  });

  test.each([
    ['one', [[4, 6]], `Ông ${redactionMark} ở số 5`],
    [
      'several, in whatever order',
      [
        [12, 13],
        [4, 6],
      ],
      `Ông ${redactionMark} ở số ${redactionMark}`,
    ],
    [
      'two that overlap are one',
      [
        [4, 6],
        [5, 8],
      ],
      `Ông ${redactionMark} số 5`,
    ],
    [
      'two that touch are one',
      [
        [0, 3],
        [3, 6],
      ],
      `${redactionMark} ở số 5`,
    ],
    ['all of it', [[0, 13]], redactionMark],
  ])('is not read: %s', (_what, ranges, shown) => {
    const redactions = ranges.map(([start, end], index) => ({
      id: String(index),
      start: start!,
      end: end!,
      reason: 'đời tư',
    }));
    expect(withoutRedacted('Ông An ở số 5', redactions)).toBe(shown);
  });
});
