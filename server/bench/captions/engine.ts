/**
 * A program for `SPEECH_ENGINE=command:` that hears bursts of tone: a partial when one begins, and
 * as soon as it is over a final, each with its number. When it said them it writes into the file of
 * its first argument, a line of JSON each.
 */
import { appendFileSync } from 'node:fs';
import { sharedNow } from '../support/clock.ts';
import { captionText } from '../fanout/captions.ts';
import { firstLoudIn, lastLoudIn } from './tone.ts';

/** A partial. Times by `sharedNow`. */
export interface Words {
  words: string;
  saidAt: number;
}

/** A final. */
export interface Answer {
  text: string;
  /** When the last of the burst's sound had come. */
  heardAt: number;
  /** When it began to say the final. */
  answeredAt: number;
}

const samplesPerSecond = 16_000;
const bytesPerSample = 2;
/** So much silence, in samples, ends a burst: a tone crosses zero for a few only. */
const silence = samplesPerSecond / 100;

interface Burst {
  start: number;
  end: number;
  heardAt: number;
}

const [, , answers = ''] = process.argv;
let position = 0;
let told = 0;
let burst: Burst | null = null;
let heard = 0;
let rest = Buffer.alloc(0);

process.stdin.on('data', (chunk: Buffer) => {
  const now = sharedNow();
  const bytes = Buffer.concat([rest, chunk]);
  const length = bytes.length - (bytes.length % bytesPerSample);
  rest = bytes.subarray(length);
  const pcm = new Int16Array(length / bytesPerSample);
  for (let index = 0; index < pcm.length; index += 1) {
    pcm[index] = bytes.readInt16LE(index * bytesPerSample);
  }
  // A program that was held up gets much at once: what is within is heard in steps.
  for (let from = 0; from < pcm.length; from += silence)
    hear(pcm.subarray(from, from + silence), now);
});

function hear(pcm: Int16Array, now: number): void {
  const [first, last] = [firstLoudIn(pcm), lastLoudIn(pcm)];
  if (first >= 0) {
    if (burst === null) {
      burst = { start: position + first, end: 0, heardAt: now };
      heard += 1;
      const words = `Đoạn ${heard}`;
      const saidAt = sharedNow();
      say({ partial: words, start: burst.start / samplesPerSecond });
      note({ words, saidAt });
    }
    burst.end = position + last + 1;
    burst.heardAt = now;
  }
  position += pcm.length;
  if (burst !== null && position - burst.end >= silence) answer(burst);
  else if (burst === null && position - told >= samplesPerSecond) {
    told = position;
    say({ progress: position / samplesPerSecond });
  }
}

function answer({ start, end, heardAt }: Burst): void {
  const text = captionText();
  const answeredAt = sharedNow();
  say({ final: text, start: start / samplesPerSecond, end: end / samplesPerSecond });
  note({ text, heardAt, answeredAt });
  burst = null;
}

const note = (what: Words | Answer) => appendFileSync(answers, `${JSON.stringify(what)}\n`);

const say = (line: object): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);
