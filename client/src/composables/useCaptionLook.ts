import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import { computed } from 'vue';
import { persisted } from './persisted.ts';

export const captionContrasts = ['page', 'dark', 'yellow'] as const;

export type CaptionContrast = (typeof captionContrasts)[number];

/** Sizes of letters as a reader sets them, from the usual one to twice it. */
export const captionScales = [0.85, 1, 1.25, 1.5, 2] as const;
const usualScale = 1;

/** How this browser's reader wants captions: kept from visit to visit. */
export function useCaptionLook() {
  const look = persisted('nhip-cau.caption-look', {
    size: usualScale,
    contrast: 'page' as CaptionContrast,
    track: spokenTrack,
  });
  const last = captionScales.length - 1;
  /** What is kept may be of another time. */
  const place = computed(() => Math.min(last, Math.max(0, Math.round(look.value.size) || 0)));
  return {
    scale: computed(() => captionScales[place.value] ?? 1),
    canGrow: computed(() => place.value < last),
    canShrink: computed(() => place.value > 0),
    grow: () => (look.value.size = Math.min(last, place.value + 1)),
    shrink: () => (look.value.size = Math.max(0, place.value - 1)),
    contrast: computed(() =>
      captionContrasts.includes(look.value.contrast) ? look.value.contrast : 'page',
    ),
    setContrast: (next: CaptionContrast) => (look.value.contrast = next),
    track: computed({
      get: () => look.value.track,
      set: (next: string) => (look.value.track = next),
    }),
  };
}
