import type { DeskCaptionFact } from '@nhip-cau/shared/protocol/facts';

/** A line of the transcript as its editors have it. */
export interface Line extends DeskCaptionFact {
  /** Why parts of it are not published, for those who are not shown them. */
  hiddenFor?: readonly string[];
}
