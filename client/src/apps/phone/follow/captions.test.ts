import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { captionLine, keptCaptions, newerThan } from './captions.ts';

const lines = (ids: string) => [...ids].map((id) => ({ id, text: id }));

const caption: CaptionFact = {
  id: 'a',
  position: 1,
  at: 0,
  endAt: null,
  text: 'Xin chào',
  track: 'vi',
  speaker: { kind: 'host', name: null },
  isLate: false,
  isCorrected: false,
};

describe('lines that came while a reader read on', () => {
  it.each([
    ['abc', null, 0],
    ['abc', 'abc', 0],
    ['abcde', 'abc', 2],
    ['abc', '', 3],
    // The line held on to is not there any more: all that is there is newer.
    ['def', 'abc', 3],
  ])('of %s since %s: %d', (live, held, count) => {
    expect(newerThan(lines(live), held === null ? null : lines(held))).toBe(count);
  });
});

describe('a caption', () => {
  const hall = { kind: 'turn', bridgePointName: 'Ba Vì', asker: null, name: null } as const;

  it.each([
    [{ kind: 'host', name: null }, 'Chủ trì'],
    [{ kind: 'host', name: 'Giám đốc Sở' }, 'Giám đốc Sở'],
    [{ ...hall, asker: 'Nguyễn Thị Hoa' }, 'Nguyễn Thị Hoa (Ba Vì)'],
    [{ ...hall, asker: 'Nguyễn Thị Hoa', name: 'Trần Văn Bình' }, 'Trần Văn Bình (Ba Vì)'],
    [hall, 'Ba Vì'],
  ] as const)('of %o is by %s', (speaker, name) => {
    expect(captionLine({ ...caption, speaker }, 'Chủ trì').speaker).toBe(name);
  });
});

describe('captions that are kept to be read again', () => {
  const at = (position: number, track = 'vi') => ({
    ...caption,
    id: `${track}${position}`,
    position,
    at: position,
    track,
  });
  const vi = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, place) => at(from + place));

  it('are those that have left the board for newer ones, in the order in which they were said', () => {
    const late = { ...at(9), at: 2.5, isLate: true };
    const kept = keptCaptions(vi(1, 4), [...vi(3, 6), late]);
    expect(kept.map(({ id }) => id)).toEqual(['vi1', 'vi2', 'vi9', 'vi3', 'vi4', 'vi5', 'vi6']);
  });

  it('are not those that were taken out', () => {
    const kept = keptCaptions(vi(1, 6), [...vi(3, 4), at(6)]);
    expect(kept.map(({ id }) => id)).toEqual(['vi1', 'vi2', 'vi3', 'vi4', 'vi6']);
    expect(keptCaptions(vi(1, 2), [])).toEqual([]);
  });

  it('leave the board by track', () => {
    const kept = keptCaptions([at(1, 'en'), ...vi(2, 3)], [at(1, 'en'), ...vi(3, 4)]);
    expect(kept.map(({ id }) => id)).toEqual(['en1', 'vi2', 'vi3', 'vi4']);
  });
});
