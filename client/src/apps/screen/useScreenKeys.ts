import { useEventListener, useTimeoutFn } from '@vueuse/core';
import { computed, readonly, ref } from 'vue';
import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { captionContrasts } from '../../composables/useCaptionLook.ts';
import type { useCaptionLook } from '../../composables/useCaptionLook.ts';
import { trackName } from '../../core/captions/track-name.ts';
import { isLarge } from './caption-rows.ts';
import { actionOf, listedKeys } from './keys.ts';
import type { KeyAction, ScreenSetting } from './keys.ts';
import type { useKiosk } from './useKiosk.ts';

/** How long the help stays after the last key, and the hint at it after the pointer's rest, in ms. */
const helpMs = 12_000;
const hintMs = 4_000;

export interface ScreenKeysOptions {
  kiosk: Pick<ReturnType<typeof useKiosk>, 'theme' | 'setTheme' | 'toggleFullscreen'>;
  look: ReturnType<typeof useCaptionLook>;
  /** Tracks that there are captions of, and the one that is shown. */
  tracks: Readonly<Ref<readonly string[]>>;
  track: Readonly<Ref<string>>;
}

/** A line of the help: the keys, what they set, and how that is set now. */
export interface KeyRow {
  keys: readonly string[];
  text: string;
  now?: string;
}

const after = <Item>(items: readonly Item[], item: Item): Item | undefined =>
  items[(items.indexOf(item) + 1) % items.length];

/** The keys of a screen that has no controls, and the help that tells of them to who stands there. */
export function useScreenKeys({ kiosk, look, tracks, track }: ScreenKeysOptions) {
  const { t } = useI18n();
  const isHelpShown = ref(false);
  const isHintShown = ref(false);
  const help = useTimeoutFn(() => (isHelpShown.value = false), helpMs, { immediate: false });
  const hint = useTimeoutFn(() => (isHintShown.value = false), hintMs, { immediate: false });

  const acts: Record<KeyAction, () => void> = {
    // Of the sizes that a reader has, a hall has two: each key shows.
    larger: () => {
      while (!isLarge(look.scale.value)) look.grow();
    },
    smaller: () => {
      while (isLarge(look.scale.value)) look.shrink();
    },
    contrast: () => look.setContrast(after(captionContrasts, look.contrast.value)!),
    track: () => (look.track.value = after(tracks.value, track.value) ?? track.value),
    theme: () => kiosk.setTheme(kiosk.theme.value === 'dark' ? 'light' : 'dark'),
    fullscreen: kiosk.toggleFullscreen,
    help: () => (isHelpShown.value = !isHelpShown.value),
    leave: () => (isHelpShown.value = false),
  };
  const settings: Record<ScreenSetting, () => string | undefined> = {
    size: () => t(`screen.keys.sizes.${isLarge(look.scale.value) ? 'large' : 'usual'}`),
    contrast: () => t(`screen.keys.contrasts.${look.contrast.value}`),
    track: () => trackName(track.value),
    theme: () => t(`screen.keys.themes.${kiosk.theme.value}`),
    fullscreen: () => undefined,
  };
  const rows = computed(() =>
    listedKeys.map(({ keys, setting }): KeyRow => {
      const now = settings[setting]();
      return { keys, text: t(`screen.keys.${setting}`), ...(now ? { now } : {}) };
    }),
  );

  useEventListener('keydown', (event) => {
    const action = actionOf(event);
    if (!action) return;
    acts[action]();
    if (isHelpShown.value) help.start();
  });
  useEventListener('pointermove', ({ movementX, movementY }) => {
    // Chromium tells of one, too, when what lies below a pointer at rest has changed.
    if (movementX === 0 && movementY === 0) return;
    isHintShown.value = true;
    hint.start();
  });

  return { rows, isHelpShown: readonly(isHelpShown), isHintShown: readonly(isHintShown) };
}
