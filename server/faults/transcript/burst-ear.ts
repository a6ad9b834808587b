import { type BurstName, burstOf, pitches, symbolMs, symbols } from './burst-code.ts';

const rate = 16_000;
const samplesPerMs = rate / 1_000;
const windowSamples = 10 * samplesPerMs;
const symbolSamples = symbolMs * samplesPerMs;
/** Left out at both ends of a symbol, where pitches meet. */
const edge = 10 * samplesPerMs;
/** Root mean square of what is loud, of 32,767. */
const loud = 2_500;
/** So many quiet windows end a burst. */
const quietWindows = 6;
/** Nothing longer is listened to. */
const longest = 2 * symbols * symbolSamples;

/** Something loud, positions in samples; `name` is null where its number cannot be told. */
export interface HeardBurst {
  name: BurstName | null;
  start: number;
  end: number;
}

/** Hears numbered bursts in sound of 16 kHz, piece by piece. */
export class BurstEar {
  #rest = new Int16Array(0);
  #at = 0;
  #sound: number[] = [];
  #start: number | null = null;
  #end = 0;

  /** The bursts that have ended within this piece. */
  push(pcm: Int16Array): HeardBurst[] {
    const sound = new Int16Array(this.#rest.length + pcm.length);
    sound.set(this.#rest);
    sound.set(pcm, this.#rest.length);
    const heard: HeardBurst[] = [];
    let at = 0;
    for (; at + windowSamples <= sound.length; at += windowSamples) {
      heard.push(...this.#take(sound.subarray(at, at + windowSamples)));
    }
    this.#rest = sound.slice(at);
    return heard;
  }

  /** Ends the burst that is under way. */
  end(): HeardBurst[] {
    if (this.#start === null) return [];
    const start = this.#start;
    this.#start = null;
    const name = nameOf(this.#sound, this.#end - start);
    return [{ name, start, end: this.#end }];
  }

  /** Where the burst begins that is under way, or else what comes next. */
  get settled(): number {
    return this.#start ?? this.#at;
  }

  #take(pcm: Int16Array): HeardBurst[] {
    const from = this.#at;
    this.#at += pcm.length;
    const energy = pcm.reduce((sum, one) => sum + one * one, 0) / pcm.length;
    if (energy >= loud * loud) {
      if (this.#start === null) {
        this.#start = from;
        this.#sound = [];
      }
      this.#end = this.#at;
    }
    if (this.#start === null) return [];
    if (this.#sound.length < longest) this.#sound.push(...pcm);
    return this.#at - this.#end >= quietWindows * windowSamples ? this.end() : [];
  }
}

function nameOf(sound: readonly number[], length: number): BurstName | null {
  if (Math.abs(length - symbols * symbolSamples) > symbolSamples / 2) return null;
  const digits = Array.from({ length: symbols }, (_, index) => {
    const from = index * symbolSamples + edge;
    return digitOf(sound.slice(from, from + symbolSamples - 2 * edge));
  });
  return burstOf(digits);
}

/** The pitch that is strongest (Goertzel). */
function digitOf(sound: readonly number[]): number {
  const strengths = pitches.map((hz) => {
    const turn = 2 * Math.cos((2 * Math.PI * hz) / rate);
    let [last, before] = [0, 0];
    for (const sample of sound) [last, before] = [sample + turn * last - before, last];
    return last * last + before * before - turn * last * before;
  });
  return strengths.indexOf(Math.max(...strengths));
}
