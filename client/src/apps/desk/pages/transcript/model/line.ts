import type { DeskCaptionFact } from '@nhip-cau/shared/protocol/facts';

/** A line of the transcript as its editors have it. */
export type Line = DeskCaptionFact;
