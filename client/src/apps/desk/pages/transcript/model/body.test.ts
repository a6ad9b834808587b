import { expect, it } from 'vitest';
import { lineOf } from './body.ts';

const word = (text: string, confidence: number | null) => ({
  text,
  startMs: 0,
  endMs: 1,
  confidence,
});
const body = {
  id: 'line-1',
  position: 1,
  at: 1_000,
  endAt: 2_000,
  offsetMs: 0,
  track: 'vi',
  speaker: { kind: 'host' as const, name: null },
  turnId: null,
  bridgePointId: null,
  questionId: null,
  text: 'Số ███ ạ',
  words: [word('Số', 0.9), word('███', null), word('ạ', 0.2)],
  isLate: false,
  isCorrected: false,
  audio: { runId: 'run-1', startMs: 500, endMs: 1_500 },
  redactions: [{ reason: 'Đời tư' }],
  work: null,
};

it('tells those who only read why something is hidden, where to hear it, and nothing of the work', () => {
  const { audio } = body;
  expect(lineOf(body)).toMatchObject({
    ...{ hiddenFor: ['Đời tư'], redactions: [], lowWords: [], audio },
  });
});

it('tells editors what the engine doubted and where something is hidden', () => {
  const redactions = [{ id: 'r', start: 3, end: 6, reason: 'Đời tư' }];
  const work = {
    revision: 4,
    source: 'engine' as const,
    engine: 'test',
    confidence: 0.7,
    raw: null,
    isRemoved: true,
  };
  const line = lineOf({ ...body, redactions, work });
  expect(line).toMatchObject({ revision: 4, redactions, lowWords: [2], isRemoved: true });
  expect(line.hiddenFor).toBeUndefined();
});
