import { expect, test } from 'vitest';
import type { EngineFinal } from '../engine.ts';
import { UtteranceSession } from './utterance-session.ts';

const second = 16_000;

function open(handleFinal: (final: EngineFinal) => void) {
  const heard: Int16Array[] = [];
  const session = new UtteranceSession({
    engine: 'test',
    log: { info: () => {}, warn: () => {} },
    times: { openMs: 1_000, stallMs: 10_000, finishMs: 10_000 },
    listener: {
      handleFinal,
      handlePartial: () => {},
      handleProgress: () => {},
      handleFailure: () => {},
    },
    handleEnd: () => {},
    async transcribe(pcm) {
      heard.push(pcm);
      const whole = { text: `part ${heard.length}`, start: 0, end: pcm.length };
      return [{ ...whole, confidence: null, words: null, speaker: null }];
    },
  });
  return { session, heard };
}

test('speech without a pause is cut where it is quietest, and nothing is lost', async () => {
  const finals: EngineFinal[] = [];
  const { session, heard } = open((final) => finals.push(final));
  const loud = new Int16Array(60 * second).fill(5_000);
  // A breath at 22 s, and one at 44 s.
  loud.fill(100, 22 * second, 22.2 * second);
  loud.fill(100, 44 * second, 44.2 * second);
  for (let at = 0; at < loud.length; at += second) {
    if (!session.write(loud.subarray(at, at + second))) await session.drained();
  }
  await session.finish();
  const cuts = finals.map(({ end }) => end / second);
  expect(cuts).toEqual([22.05, 44.1, 60]);
  expect(finals.map(({ start }) => start)).toEqual([0, finals[0]!.end, finals[1]!.end]);
  expect(heard.reduce((sum, { length }) => sum + length, 0)).toBe(loud.length);
});

test('silence is not given to the engine', async () => {
  const { session, heard } = open(() => {});
  session.write(new Int16Array(second).fill(20));
  session.endUtterance();
  await session.finish();
  expect(heard).toEqual([]);
});
