import type { Word } from '@nhip-cau/shared/model/transcript';
import type { TranscriptLinesBody } from '@nhip-cau/shared/protocol/transcript-record';
import { shallowReactive } from 'vue';
import type { Line } from './model/line.ts';

/** Lines that one request asks for. */
const most = 50;
const gatherMs = 150;

/**
 * The times of lines' words, which come apart from the lines and only for those that somebody looks
 * at. They are read again when the line's text has changed: readers are told of no revision.
 */
export function useWords(read: (ids: readonly string[]) => Promise<TranscriptLinesBody>) {
  const known = shallowReactive(new Map<string, { text: string; words: readonly Word[] }>());
  const wanted = new Map<string, Line>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const isKnown = ({ id, text }: Line) => known.get(id)?.text === text;

  /** Asks for those of these lines that were heard and whose words are not here. */
  function want(lines: readonly Line[]): void {
    wanted.clear();
    for (const line of lines) if (line.audio && !isKnown(line)) wanted.set(line.id, line);
    if (wanted.size > 0) timer ??= setTimeout(() => void ask(), gatherMs);
  }

  async function ask(): Promise<void> {
    timer = null;
    const ids = [...wanted.keys()].slice(0, most);
    if (ids.length === 0) return;
    try {
      keep(await read(ids));
    } catch {
      // The text is there without them; whoever looks at other lines asks again.
    }
  }

  function keep({ lines }: TranscriptLinesBody): void {
    for (const { id, text, words } of lines) if (words) known.set(id, { text, words });
  }

  return {
    want,
    /** `null`: not known yet, or there are none. */
    of: (line: Line): readonly Word[] | null => (isKnown(line) ? known.get(line.id)!.words : null),
  };
}

export type UseWords = ReturnType<typeof useWords>;
