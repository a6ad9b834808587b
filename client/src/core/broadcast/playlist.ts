/** What a media playlist (RFC 8216) of our own broadcast says. */
export interface Playlist {
  /** The file with which every segment after it has to be read; `null`: none yet. */
  init: string | null;
  segments: { name: string; durationS: number }[];
  /** Nothing more will come. */
  isEnded: boolean;
}

/** Reads what our server writes: one beginning, and the newest segments, the oldest first. */
export function parsePlaylist(text: string): Playlist {
  const playlist: Playlist = { init: null, segments: [], isEnded: false };
  let durationS = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#EXT-X-MAP:')) playlist.init = /URI="([^"]+)"/.exec(line)?.[1] ?? null;
    else if (line.startsWith('#EXTINF:')) durationS = Number.parseFloat(line.slice(8));
    else if (line.startsWith('#EXT-X-ENDLIST')) playlist.isEnded = true;
    else if (line !== '' && !line.startsWith('#'))
      playlist.segments.push({ name: line, durationS });
  }
  return playlist;
}

/**
 * The segments to fetch next. Somebody who comes begins near the end, `behind` segments before it;
 * somebody who goes on takes those after `last`, or begins anew where it is gone already.
 */
export function nextSegments(playlist: Playlist, last: string | null, behind: number): string[] {
  const names = playlist.segments.map(({ name }) => name);
  const at = last === null ? -1 : names.indexOf(last);
  return at < 0 ? names.slice(-behind) : names.slice(at + 1);
}
