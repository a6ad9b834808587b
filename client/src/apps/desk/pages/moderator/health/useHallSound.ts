import { useIntervalFn } from '@vueuse/core';
import { onScopeDispose, watch } from 'vue';
import type { Ref } from 'vue';
import { echoReadingsPerSecond, hearsItself } from '../../../../../core/health/echo.ts';
import { Loudness } from '../../../../../core/health/loudness.ts';
import { LevelMeter } from '../../../../../core/media/level-meter.ts';
import { silenceDbfs } from '../../../../../core/media/level.ts';

/** How much of both courses is compared. */
const mostReadings = 12 * echoReadingsPerSecond;

/**
 * What the hall's microphone hears: how loud, whether anything at all, and whether it is what this
 * page plays itself (`played`, `null` while it plays nothing).
 */
export function useHallSound(
  levelDbfs: Readonly<Ref<number | null>>,
  played: Readonly<Ref<MediaStreamTrack | null>>,
) {
  const loudness = new Loudness();
  const courses = { played: [] as number[], heard: [] as number[] };
  let playedDbfs = silenceDbfs;
  let meter: LevelMeter | undefined;

  watch(
    played,
    (track) => {
      meter?.close();
      courses.played.length = 0;
      courses.heard.length = 0;
      meter = track ? new LevelMeter(track, (level) => (playedDbfs = level)) : undefined;
    },
    { immediate: true },
  );
  useIntervalFn(() => {
    loudness.take(levelDbfs.value, performance.now());
    if (!meter || levelDbfs.value === null) return;
    push(courses.played, playedDbfs);
    push(courses.heard, levelDbfs.value);
  }, 1_000 / echoReadingsPerSecond);
  onScopeDispose(() => meter?.close());

  return () => ({
    ...loudness.state(performance.now()),
    echo: meter !== undefined && hearsItself(courses.played, courses.heard),
  });
}

function push(course: number[], levelDbfs: number): void {
  course.push(Math.max(levelDbfs, silenceDbfs));
  if (course.length > mostReadings) course.shift();
}
