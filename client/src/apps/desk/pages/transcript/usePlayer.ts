import { useEventListener, useLocalStorage, useRafFn } from '@vueuse/core';
import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import type { Ref } from 'vue';
import { heardIn, lastBegun, placeOf, stepSpeed, wordAt } from './model/playback.ts';
import type { Line } from './model/line.ts';
import type { useWords } from './useWords.ts';

interface PlayerOptions {
  lines: Readonly<Ref<readonly Line[]>>;
  words: ReturnType<typeof useWords>;
  addressOf(runId: string): string;
}

/** How far behind what is spoken now a run's sound may end while it is still written, in s. */
const slackSeconds = 0.3;

/** The sound of a hall while it was on air, and which word of which line one hears. */
export function usePlayer({ lines, words, addressOf }: PlayerOptions) {
  const audio = new Audio();
  audio.preload = 'auto';
  const runId = shallowRef<string | null>(null);
  const ms = ref(0);
  const durationMs = ref(0);
  const isPlaying = ref(false);
  const hasFailed = ref(false);
  const speed = useLocalStorage('nhip-cau.transcript-speed', 1);

  const tick = useRafFn(() => (ms.value = audio.currentTime * 1_000), { immediate: false });
  const listen = (event: keyof HTMLMediaElementEventMap, does: () => void) =>
    useEventListener(audio, event, does);
  listen('play', () => ((isPlaying.value = true), tick.resume()));
  for (const event of ['pause', 'ended'] as const) {
    listen(event, () => ((isPlaying.value = false), tick.pause()));
  }
  listen('timeupdate', () => (ms.value = audio.currentTime * 1_000));
  listen('seeked', () => (ms.value = audio.currentTime * 1_000));
  listen('durationchange', () => {
    durationMs.value = Number.isFinite(audio.duration) ? audio.duration * 1_000 : 0;
  });
  listen('loadedmetadata', () => (audio.playbackRate = speed.value));
  listen('error', () => {
    hasFailed.value = runId.value !== null;
    isPlaying.value = false;
  });

  function seek(toMs: number): void {
    audio.currentTime = Math.max(0, toMs / 1_000);
    ms.value = Math.max(0, toMs);
  }

  function load(run: string): void {
    runId.value = run;
    hasFailed.value = false;
    audio.src = addressOf(run);
    audio.playbackRate = speed.value;
  }

  /** Plays from this word of a line on; from the line's beginning, without a word. */
  function playFrom(line: Line, word: number | null = null): void {
    if (!line.audio) return;
    const from = placeOf(line.audio, words.of(line), word);
    // The file grew since it was loaded.
    const isBeyond = from / 1_000 > audio.duration - slackSeconds;
    if (runId.value !== line.audio.runId || hasFailed.value || isBeyond) load(line.audio.runId);
    seek(from);
    // Refused when another place is asked for before this one has begun.
    audio.play().catch(() => {});
  }

  function toggle(line: Line | null): void {
    if (isPlaying.value) audio.pause();
    else if (line?.audio && spoken.value?.line.id !== line.id) playFrom(line);
    else if (runId.value !== null && !hasFailed.value) audio.play().catch(() => {});
    else if (line) playFrom(line);
  }

  function changeSpeed(by: 1 | -1): void {
    speed.value = stepSpeed(speed.value, by);
    audio.playbackRate = speed.value;
  }

  const heard = computed(() => (runId.value === null ? [] : heardIn(lines.value, runId.value)));
  const spokenAt = computed(() => {
    const index = lastBegun(heard.value, ms.value, (line) => line.audio!.startMs);
    return index === null ? null : heard.value[index]!;
  });
  /** The line that one hears, and which of its words. */
  const spoken = computed(() => {
    const line = spokenAt.value;
    if (!line?.audio) return null;
    const offsetMs = ms.value - line.audio.startMs;
    return { line, word: wordAt(words.of(line) ?? [], offsetMs) };
  });

  onScopeDispose(() => {
    audio.pause();
    audio.removeAttribute('src');
    audio.load();
  });

  return {
    runId,
    ms,
    durationMs,
    isPlaying,
    hasFailed,
    speed,
    spoken,
    playFrom,
    toggle,
    seek,
    skip: (byMs: number) => seek(audio.currentTime * 1_000 + byMs),
    slower: () => changeSpeed(-1),
    faster: () => changeSpeed(1),
    pause: () => audio.pause(),
  };
}

export type UsePlayer = ReturnType<typeof usePlayer>;
