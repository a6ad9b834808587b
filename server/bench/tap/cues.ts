import { OpusDecoder } from '../../src/speech/tap/opus-decoder.ts';
import { SoundStream } from '../../src/speech/tap/sound-stream.ts';
import { clockRate } from './sound.ts';
import type { Journey } from './journey.ts';

/** As the service lets time pass, in ms. */
const tickMs = 250;
/** What is louder is tone; in units of 16-bit samples. */
const loud = 2_000;
/** A tone after so long a silence is a new burst: lost packets make holes in one. */
const gapSamples = 16_000 * 0.4;

export interface Cues {
  /** How far each burst's time is from the truth, ms; those of which a part arrived. */
  errorsMs: number[];
  /** Bursts that were found nowhere near. */
  missed: number;
  /** Samples more than there should be. */
  extraSamples: number;
  /** CPU seconds of it all. */
  cpuSeconds: number;
}

/** What the tap makes of a journey, faster than the sound is long: when it says each burst was. */
export function cuesOf({ arrivals, truthMs, samples }: Journey, nearMs: number): Cues {
  const before = process.cpuUsage();
  const starts: number[] = [];
  let position = 0;
  let lastLoud = -Infinity;
  const decoder = new OpusDecoder();
  const stream = new SoundStream({
    clockRate,
    decoder,
    onPcm: (pcm) => {
      for (let index = 0; index < pcm.length; index += 1) {
        if (Math.abs(pcm[index]!) < loud) continue;
        const at = position + index;
        if (at - lastLoud > gapSamples) starts.push(at);
        lastLoud = at;
      }
      position += pcm.length;
    },
  });
  // Any epoch will do: this one is ours.
  const epoch = 1_700_000_000_000;
  let ticked = 0;
  for (const { packet, atMs } of arrivals) {
    for (; ticked + tickMs <= atMs; ticked += tickMs) stream.handleTime(epoch + ticked + tickMs);
    stream.handlePacket(packet, epoch + atMs);
  }
  stream.end();
  decoder.close();
  const { user, system } = process.cpuUsage(before);
  const heardMs = starts.map((start) => stream.clock.epochAt(start) - epoch);
  const errorsMs = truthMs.map((truth) =>
    Math.min(...heardMs.map((heard) => Math.abs(heard - truth))),
  );
  return {
    errorsMs: errorsMs.filter((error) => error <= nearMs),
    missed: errorsMs.filter((error) => error > nearMs).length,
    extraSamples: stream.samples - samples,
    cpuSeconds: (user + system) / 1e6,
  };
}
