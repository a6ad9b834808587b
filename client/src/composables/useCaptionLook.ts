import { spokenTrack } from '@nhip-cau/shared/model/transcript';
import { useLocalStorage } from '@vueuse/core';
import { computed } from 'vue';

export const captionContrasts = ['page', 'dark', 'yellow'] as const;

export type CaptionContrast = (typeof captionContrasts)[number];

/** Sizes of letters as a reader sets them, from the usual one to twice it. */
export const captionScales = [0.85, 1, 1.25, 1.5, 2] as const;
const usualScale = 1;

/** How this browser's reader wants captions: kept from visit to visit. */
export function useCaptionLook() {
  const size = useLocalStorage<number>('nhip-cau.caption-size', usualScale);
  const contrast = useLocalStorage<CaptionContrast>('nhip-cau.caption-contrast', 'page');
  const track = useLocalStorage<string>('nhip-cau.caption-track', spokenTrack);
  const last = captionScales.length - 1;
  /** What is kept may be of another time. */
  const place = computed(() => Math.min(last, Math.max(0, Math.round(Number(size.value)) || 0)));
  return {
    scale: computed(() => captionScales[place.value] ?? 1),
    canGrow: computed(() => place.value < last),
    canShrink: computed(() => place.value > 0),
    grow: () => (size.value = Math.min(last, place.value + 1)),
    shrink: () => (size.value = Math.max(0, place.value - 1)),
    contrast: computed(() => (captionContrasts.includes(contrast.value) ? contrast.value : 'page')),
    setContrast: (next: CaptionContrast) => (contrast.value = next),
    track,
  };
}
