import type { TranscriptLine } from '../kernel/state.ts';
import { unheard } from './reduce.ts';

/** A line as it is typed at the head table, but for what is said of it. */
export function lineOf(said: Partial<TranscriptLine> & Pick<TranscriptLine, 'id'>): TranscriptLine {
  return {
    ...unheard,
    position: 1,
    at: 0,
    text: 'Kính chào.',
    track: 'vi',
    turnId: null,
    bridgePointId: null,
    questionId: null,
    speakerName: null,
    offsetMs: 0,
    redactions: [],
    ...said,
  };
}
