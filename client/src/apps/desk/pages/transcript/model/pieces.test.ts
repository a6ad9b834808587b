import { describe, expect, it } from 'vitest';
import { piecesOf, placesOf, tokensOf, trimmed } from './pieces.ts';

const text = 'Xã đã thu 15.000 đồng, còn nợ.';
const plain = { text, words: null, lowWords: [], redactions: [] };
const shown = (pieces: ReturnType<typeof piecesOf>) => pieces.map((piece) => piece.text);

describe('piecesOf', () => {
  it('is the whole text, whatever it was cut by', () => {
    const redactions = [{ id: 'r', start: 4, end: 13 }];
    const pieces = piecesOf({ ...plain, redactions, lowWords: [1] });
    expect(shown(pieces).join('')).toBe(text);
    expect(piecesOf({ ...plain, text: '' })).toEqual([]);
  });

  it('takes each blank for the end of a word until the words are there', () => {
    const pieces = piecesOf({ ...plain, lowWords: [3] });
    expect(pieces.filter(({ isLow }) => isLow)).toMatchObject([{ text: '15.000', word: 3 }]);
    expect(pieces.filter(({ word }) => word === null).every((one) => one.text === ' ')).toBe(true);
  });

  it('lets a word of the engine hold blanks', () => {
    const words = [{ text: 'Xã' }, { text: 'đã thu' }, { text: '15.000 đồng,' }];
    const pieces = piecesOf({ ...plain, words, lowWords: [2] });
    expect(shown(pieces.filter(({ word }) => word !== null))).toEqual([
      'Xã',
      'đã thu',
      '15.000 đồng,',
    ]);
    expect(pieces.at(-1)).toMatchObject({ text: ' còn nợ.', word: null });
  });

  it('cuts a word where a redaction begins inside it', () => {
    const pieces = piecesOf({ ...plain, redactions: [{ id: 'r', start: 13, end: 16 }] });
    expect(pieces.filter(({ word }) => word === 3)).toMatchObject([
      { text: '15.', redactionId: null },
      { text: '000', redactionId: 'r' },
    ]);
  });

  it('does not leave the text with a redaction of an older one', () => {
    const pieces = piecesOf({ ...plain, text: 'Xã', redactions: [{ id: 'r', start: 0, end: 9 }] });
    expect(shown(pieces)).toEqual(['Xã']);
  });
});

describe('placesOf', () => {
  it('finds a word that stands twice at its own place, and knows what is gone', () => {
    const words = ['đi', 'rồi', 'đi', 'mất'].map((word) => ({ text: word }));
    expect(placesOf('đi rồi đi', words)).toEqual([
      { start: 0, end: 2 },
      { start: 3, end: 6 },
      { start: 7, end: 9 },
      null,
    ]);
  });
});

it('counts what stands between blanks', () => {
  expect(tokensOf('  a  bc\nd ')).toEqual([
    { start: 2, end: 3 },
    { start: 5, end: 7 },
    { start: 8, end: 9 },
  ]);
});

it.each([
  [
    { start: 2, end: 6 },
    { start: 3, end: 5 },
  ],
  [{ start: 2, end: 3 }, null],
])('takes %j without the blanks at its ends', (span, expected) => {
  expect(trimmed('Xã đã thu', span)).toEqual(expected);
});
