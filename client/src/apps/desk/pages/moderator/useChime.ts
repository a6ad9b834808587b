import { useEventListener, useLocalStorage } from '@vueuse/core';
import { computed, onScopeDispose, ref } from 'vue';
import type { CallLevel } from './call.ts';

/** Tones of each call, Hz: the nearer the turn, the more of them; one lasts `toneMs`. */
const tonesHz: Record<Exclude<CallLevel, 'none'>, readonly number[]> = {
  onDeck: [660],
  next: [660, 880],
  called: [660, 880, 1_100],
};
const toneMs = 160;
const loudness = 0.25;

/**
 * The sound that calls. A browser makes none before a person has touched the page: `silent` says
 * so, and any touch or key ends it unless the sound was turned off.
 */
export function useChime(createContext: () => AudioContext = () => new AudioContext()) {
  const wanted = useLocalStorage('nhip-cau.chime', true);
  const running = ref(false);
  let context: AudioContext | null = null;

  async function unlock(): Promise<void> {
    if (!wanted.value) return;
    try {
      context ??= createContext();
      await context.resume();
      running.value = context.state === 'running';
    } catch {
      // No loudspeaker, or refused: colour and words call alone.
    }
  }

  function play(call: Exclude<CallLevel, 'none'>): void {
    if (!context || !wanted.value || context.state !== 'running') return;
    tonesHz[call].forEach((hz, place) => tone(context!, hz, (place * toneMs) / 1_000));
  }

  /** Turned on by a person's hand: the sound is heard at once, to be judged. */
  async function turnOn(): Promise<void> {
    wanted.value = true;
    await unlock();
    play('next');
  }

  useEventListener(document, ['pointerdown', 'keydown'], () => {
    if (!running.value) void unlock();
  });
  onScopeDispose(() => void context?.close());

  return {
    silent: computed(() => !wanted.value || !running.value),
    play,
    turnOn,
    turnOff: () => (wanted.value = false),
  };
}

function tone(context: AudioContext, hz: number, delay: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const from = context.currentTime + delay;
  const to = from + toneMs / 1_000;
  oscillator.frequency.value = hz;
  gain.gain.setValueAtTime(loudness, from);
  gain.gain.exponentialRampToValueAtTime(0.001, to);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(to);
}
