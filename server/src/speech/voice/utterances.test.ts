import { expect, it } from 'vitest';
import { pauseThatEnds, UtteranceCutter } from './utterance-cutter.ts';
import { VoiceDetector } from './voice-detector.ts';

const frame = 320;
const second = 16_000;

/** Pieces of sound, `voice` and silence by turns, in seconds. */
function sound(seconds: readonly number[]): Int16Array {
  const pieces = seconds.map((length, index) =>
    new Int16Array(Math.round(length * second)).fill(index % 2 === 0 ? 1_000 : 0),
  );
  const all = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** The utterances of a sound that is pushed in pieces of `step`: where each begins and ends, in s. */
function cut(pcm: Int16Array, step = 500, position = 0) {
  const utterances: [number, number][] = [];
  let now: [number, number] | null = null;
  let silentTo = 0;
  const cutter = new UtteranceCutter((some) => some[0]! > 0, position, {
    handleSpeech(some, at) {
      expect(at).toBe(now ? now[1] : at);
      expect(at).toBeGreaterThanOrEqual(silentTo);
      expect(some).toEqual(pcm.slice(at - position, at - position + some.length));
      now = [now?.[0] ?? at, at + some.length];
    },
    handleEnd() {
      utterances.push(now!);
      now = null;
    },
    handleSilence(to) {
      expect(now).toBe(null);
      silentTo = to;
    },
  });
  for (let at = 0; at < pcm.length; at += step) cutter.push(pcm.slice(at, at + step));
  cutter.flush();
  expect(silentTo).toBe(position + pcm.length);
  return utterances.map(([from, to]) => [from / second, to / second]);
}

it.each([
  { name: 'silence', seconds: [0, 5], utterances: [] },
  { name: 'one word', seconds: [0, 2, 1, 2], utterances: [[1.76, 3.6]] },
  { name: 'a word at once', seconds: [1, 2], utterances: [[0, 1.6]] },
  { name: 'a short pause within', seconds: [0, 1, 1, 0.5, 1, 2], utterances: [[0.76, 4.1]] },
  {
    name: 'a long pause between',
    seconds: [0, 1, 1, 0.7, 1, 2],
    utterances: [
      [0.76, 2.6],
      [2.6, 4.3],
    ],
  },
  { name: 'a click', seconds: [0, 1, 0.04, 2], utterances: [] },
  { name: 'voice at the end', seconds: [0, 1, 1.01], utterances: [[0.76, 2.01]] },
])('$name', ({ seconds, utterances }) => {
  expect(cut(sound(seconds))).toEqual(utterances);
  expect(cut(sound(seconds), 16_000)).toEqual(utterances);
  expect(cut(sound(seconds), 7, 160_000)).toEqual(
    utterances.map(([from, to]) => [from! + 10, to! + 10]),
  );
});

it('cuts a speaker who does not breathe, without losing or doubling a sample', () => {
  const utterances = cut(sound([100]));
  expect(utterances).toHaveLength(5);
  for (const [index, [from, to]] of utterances.entries()) {
    expect(from).toBe(utterances[index - 1]?.[1] ?? 0);
    expect(to! - from!).toBeLessThanOrEqual(24.02);
  }
  expect(utterances.at(-1)![1]).toBe(100);
});

it('lets a shorter pause end a longer utterance', () => {
  const lengths = [0, 9, 10, 17, 18, 23, 24].map((length) => pauseThatEnds(length * second) / 16);
  expect(lengths).toEqual([600, 600, 240, 240, 100, 100, 0]);
});

it('hears voice in what sounds like one, and none in silence and hum', async () => {
  const detector = await VoiceDetector.open();
  const share = (pcm: (at: number) => number) => {
    let voices = 0;
    for (let count = 0; count < 100; count += 1) {
      const some = Int16Array.from({ length: frame }, (_, at) => pcm(count * frame + at));
      if (detector.isVoice(some)) voices += 1;
    }
    return voices / 100;
  };
  // A vowel: a pulse train at 120 Hz through two resonances.
  const [low, high] = [resonance(700, 0.98), resonance(1_200, 0.97)];
  const vowel = (at: number) => high(low(at % 133 === 0 ? 6_000 : 0)) / 8;
  expect(share(() => 0)).toBe(0);
  expect(share((at) => 40 * Math.sin((2 * Math.PI * 50 * at) / second))).toBe(0);
  expect(share(vowel)).toBeGreaterThan(0.8);
  detector.close();
  detector.close();
});

function resonance(hz: number, radius: number): (value: number) => number {
  const step = 2 * radius * Math.cos((2 * Math.PI * hz) / second);
  let [last, before] = [0, 0];
  return (value) => {
    [last, before] = [value + step * last - radius * radius * before, last];
    return last;
  };
}
