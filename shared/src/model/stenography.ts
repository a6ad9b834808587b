/** The longest unfinished line that is shown to others, in characters. */
export const typingLength = 300;

/** A page on which captions are typed. */
export interface Stenographer {
  socketId: string;
  accountId: string;
  name: string;
  track: string;
  /** Since when it has been typing this track, epoch ms. */
  cameAt: number;
  /** When it last took the turn, epoch ms; `null`: never. */
  tookAt: number | null;
}

/** Whose turn it is to type this track: of who took it last, else of who came first. */
export function typistOf<Page extends Stenographer>(
  pages: readonly Page[],
  track: string,
): Page | undefined {
  const [typist] = pages
    .filter((page) => page.track === track)
    .sort((a, b) => (b.tookAt ?? 0) - (a.tookAt ?? 0) || a.cameAt - b.cameAt);
  return typist;
}

/** A line that is still being typed, as everybody reads it. */
export interface TypedWords {
  id: string;
  track: string;
  text: string;
  speaker: 'turn' | 'host';
}
