import { expect, it } from 'vitest';
import { SoundClock } from './sound-clock.ts';

const rate = 16_000;
/** Seconds. */
const hour = 3_600;

/** A sequence that looks random and is the same every time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Line {
  name: string;
  /** By how much the sender's clock runs fast. */
  ppm: number;
  /** Delay of a packet, ms. */
  delay: (second: number, random: () => number) => number;
  /** Whether the sender is silent (its clock goes on). */
  isPaused?: (second: number) => boolean;
}

const jitter = (random: () => number) => 30 + 60 * random() ** 3;

it.each<Line>([
  { name: 'a good line', ppm: 0, delay: (_, random) => jitter(random) },
  { name: 'a clock that runs fast', ppm: 50, delay: (_, random) => jitter(random) },
  { name: 'a clock that runs slow', ppm: -50, delay: (_, random) => jitter(random) },
  {
    name: 'a line that stands still for some seconds now and then',
    ppm: 50,
    delay: (second, random) =>
      jitter(random) + (second % 300 < 4 ? 1_000 * (4 - (second % 300)) : 0),
  },
  {
    name: 'pauses of minutes',
    ppm: -50,
    delay: (_, random) => jitter(random),
    isPaused: (second) => second % 600 > 420,
  },
])('$name: an hour is told within 100 ms', ({ ppm, delay, isPaused = () => false }) => {
  const clock = new SoundClock();
  const random = chance(7);
  const startsAt = 1_700_000_000_000;
  const truth = (sample: number) => startsAt + ((sample / rate) * 1_000) / (1 + ppm / 1e6);
  const came: { sample: number; at: number }[] = [];
  for (let sample = 0; sample < hour * rate; sample += 320) {
    const second = sample / rate;
    if (isPaused(second) || random() < 0.05) continue;
    came.push({ sample, at: truth(sample) + delay(second, random) });
  }
  // A line keeps the order: what was held up comes together.
  let latest = 0;
  for (const packet of came) latest = packet.at = Math.max(latest, packet.at);
  for (const { sample, at } of came) clock.handleArrival(sample, at);
  const worst = came.reduce(
    (most, { sample }) => Math.max(most, Math.abs(clock.epochAt(sample) - truth(sample) - 30)),
    0,
  );
  expect(worst).toBeLessThan(100);
});

it('follows a sender whose clock stood still in a pause', () => {
  const clock = new SoundClock();
  clock.handleArrival(0, 1_000);
  clock.handleArrival(320, 1_020);
  clock.handleArrival(640, 61_040);
  expect(clock.epochAt(320)).toBe(1_020);
  expect(clock.epochAt(640)).toBe(61_040);
  expect(clock.anchors).toHaveLength(2);
});

it('knows the newest sample that can have been spoken, also after a line that stood still', () => {
  const clock = new SoundClock();
  clock.handleArrival(0, 1_000);
  clock.handleArrival(16_000, 7_000);
  expect(clock.newestAt(8_000)).toBe(7 * rate);
});
