import type { DeskCaptionFact } from '@nhip-cau/shared/protocol/facts';

/** A line of the transcript as its editors have it. */
export interface Line extends DeskCaptionFact {
  /** Why parts of it are not published, for those who are not shown them. */
  hiddenFor?: readonly string[];
}

/**
 * The line as it is `now`, where it still has the words that were read; else as it was read, so that
 * what is done to other words is refused and not done to these.
 */
export function asRead(line: Line, now: Line | undefined): Line {
  return now?.text === line.text ? now : line;
}
