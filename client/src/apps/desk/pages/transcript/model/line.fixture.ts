import type { Line } from './line.ts';

/** A line that an engine heard in a hall, with what a test says of it. */
export function lineWith(change: Partial<Line> = {}): Line {
  return {
    id: 'line-1',
    position: 1,
    at: 1_000,
    endAt: 4_000,
    text: 'Bao giờ nạo vét kênh nội đồng?',
    track: 'vi',
    speaker: { kind: 'turn', bridgePointName: 'Điểm cầu xã Ba Vì', asker: null, name: null },
    isLate: false,
    isCorrected: false,
    revision: 0,
    turnId: 'turn-1',
    questionId: 'question-1',
    bridgePointId: 'hall-1',
    source: 'engine',
    confidence: 0.8,
    lowWords: [],
    redactions: [],
    isRemoved: false,
    isWithheld: false,
    audio: { runId: 'run-1', startMs: 0, endMs: 3_000 },
    ...change,
  };
}
