import { describe, expect, it } from 'vitest';
import { captionLine, newerThan } from './captions.ts';

const lines = (ids: string) => [...ids].map((id) => ({ id, text: id }));

describe('lines that came while a reader read on', () => {
  it.each([
    ['abc', null, 0],
    ['abc', 'abc', 0],
    ['abcde', 'abc', 2],
    ['abc', '', 3],
    // The line held on to has left the window: all that is there is newer.
    ['def', 'abc', 3],
  ])('of %s since %s: %d', (live, held, count) => {
    expect(newerThan(lines(live), held === null ? null : lines(held))).toBe(count);
  });
});

describe('a caption', () => {
  const caption = {
    id: 'a',
    position: 1,
    at: 0,
    endAt: null,
    text: 'Xin chào',
    track: 'vi',
    isLate: false,
    isCorrected: false,
  };
  const hall = { kind: 'turn', bridgePointName: 'Ba Vì', asker: null, name: null } as const;

  it.each([
    [{ kind: 'host', name: null }, 'Chủ trì'],
    [{ ...hall, asker: 'Nguyễn Thị Hoa' }, 'Nguyễn Thị Hoa (Ba Vì)'],
    [hall, 'Ba Vì'],
  ] as const)('of %o is by %s', (speaker, name) => {
    expect(captionLine({ ...caption, speaker }, 'Chủ trì').speaker).toBe(name);
  });
});
