import type { TranscriptLine } from '../kernel/state.ts';

/** A line as it is typed at the head table, but for what is said of it. */
export function lineOf(said: Partial<TranscriptLine> & Pick<TranscriptLine, 'id'>): TranscriptLine {
  return {
    position: 1,
    at: 0,
    endAt: null,
    text: 'Kính chào.',
    track: 'vi',
    turnId: null,
    bridgePointId: null,
    questionId: null,
    speakerName: null,
    offsetMs: 0,
    raw: null,
    words: null,
    confidence: null,
    source: 'typed',
    engine: null,
    isLate: false,
    audio: null,
    revision: 0,
    isCorrected: false,
    isWithheld: false,
    redactions: [],
    removedAt: null,
    ...said,
  };
}
