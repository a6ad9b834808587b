import { sampleRate } from '../engine.ts';

/** Samples of one frame, as the detector judges them: 20 ms. */
const frame = sampleRate / 50;
const ms = (milliseconds: number) => (milliseconds * sampleRate) / 1_000;

/** So many of the newest frames must be voice for an utterance to begin. */
const startWindow = 5;
const startVoices = 3;
/** Sound before the first voice that belongs to it: quiet consonants, and the frames of the window. */
const leadFrames = 15;

/**
 * How long a silence ends an utterance of that length, both in samples: the longer it is, the
 * shorter a breath will do. At the longest length anything will.
 */
export function pauseThatEnds(length: number): number {
  if (length < ms(10_000)) return ms(600);
  if (length < ms(18_000)) return ms(240);
  return length < ms(24_000) ? ms(100) : 0;
}

export interface UtteranceListener {
  /** Sound of an utterance, in order; `at` is where it begins. */
  handleSpeech(pcm: Int16Array, at: number): void;
  /** The utterance is over. */
  handleEnd(): void;
  /** No utterance begins before this sample any more. */
  handleSilence(to: number): void;
}

/** Cuts one stream of sound into utterances, at its pauses. */
export class UtteranceCutter {
  private readonly isVoice: (frame: Int16Array) => boolean;
  private readonly listener: UtteranceListener;
  /** Where the next frame begins. */
  private position: number;
  private rest = new Int16Array(0);
  /** The newest frames, while nobody speaks. */
  private lead: { pcm: Int16Array; isVoice: boolean }[] = [];
  /** Length of the utterance under way, and of the silence at its end; null: there is none. */
  private utterance: { length: number; silence: number } | null = null;

  /** `position`: where the sound begins that is pushed first. */
  constructor(
    isVoice: (frame: Int16Array) => boolean,
    position: number,
    listener: UtteranceListener,
  ) {
    this.isVoice = isVoice;
    this.position = position;
    this.listener = listener;
  }

  /** Sound that follows what was pushed before. It must not be changed any more. */
  push(pcm: Int16Array): void {
    let sound = pcm;
    if (this.rest.length > 0) {
      sound = new Int16Array(this.rest.length + pcm.length);
      sound.set(this.rest);
      sound.set(pcm, this.rest.length);
    }
    let at = 0;
    for (; at + frame <= sound.length; at += frame) this.take(sound.subarray(at, at + frame));
    this.rest = sound.slice(at);
  }

  /** Nothing follows: the utterance under way is over. */
  flush(): void {
    if (this.utterance && this.rest.length > 0) {
      this.listener.handleSpeech(this.rest, this.position);
    }
    this.position += this.rest.length;
    this.rest = new Int16Array(0);
    if (this.utterance) this.listener.handleEnd();
    this.utterance = null;
    this.lead = [];
    this.listener.handleSilence(this.position);
  }

  private take(pcm: Int16Array): void {
    const isVoice = this.isVoice(pcm);
    this.position += frame;
    if (this.utterance) this.goOn(this.utterance, pcm, isVoice);
    else this.wait(pcm, isVoice);
  }

  private goOn(utterance: { length: number; silence: number }, pcm: Int16Array, isVoice: boolean) {
    utterance.length += frame;
    utterance.silence = isVoice ? 0 : utterance.silence + frame;
    this.listener.handleSpeech(pcm, this.position - frame);
    if (utterance.silence < pauseThatEnds(utterance.length)) return;
    this.utterance = null;
    this.listener.handleEnd();
    this.listener.handleSilence(this.position);
  }

  private wait(pcm: Int16Array, isVoice: boolean): void {
    this.lead.push({ pcm, isVoice });
    if (this.lead.length > leadFrames) this.lead.shift();
    const voices = this.lead.slice(-startWindow).filter((one) => one.isVoice).length;
    const from = this.position - this.lead.length * frame;
    if (voices < startVoices) return this.listener.handleSilence(from);
    this.utterance = { length: this.lead.length * frame, silence: 0 };
    for (const [index, one] of this.lead.entries()) {
      this.listener.handleSpeech(one.pcm, from + index * frame);
    }
    this.lead = [];
  }
}
