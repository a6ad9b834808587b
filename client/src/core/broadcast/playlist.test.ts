import { expect, it } from 'vitest';
import { nextSegments, parsePlaylist } from './playlist.ts';

const text = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MAP:URI="17.mp4"
#EXTINF:1.000000,
17-1.m4s
#EXTINF:0.960000,
17-2.m4s
#EXTINF:1.000000,
17-3.m4s
`;

it('reads a playlist', () => {
  expect(parsePlaylist(text)).toEqual({
    init: '17.mp4',
    segments: [
      { name: '17-1.m4s', durationS: 1 },
      { name: '17-2.m4s', durationS: 0.96 },
      { name: '17-3.m4s', durationS: 1 },
    ],
    isEnded: false,
  });
  expect(parsePlaylist(`${text}#EXT-X-ENDLIST\n`).isEnded).toBe(true);
  expect(parsePlaylist('')).toEqual({ init: null, segments: [], isEnded: false });
});

it.each([
  [null, ['17-2.m4s', '17-3.m4s']],
  ['17-1.m4s', ['17-2.m4s', '17-3.m4s']],
  ['17-3.m4s', []],
  ['16-9.m4s', ['17-2.m4s', '17-3.m4s']],
])('after %s come %j', (last, expected) => {
  expect(nextSegments(parsePlaylist(text), last, 2)).toEqual(expected);
});
