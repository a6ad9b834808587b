import { useWakeLock } from '@vueuse/core';
import { onMounted, readonly, ref, watch } from 'vue';

export type Theme = 'dark' | 'light';

const themeKey = 'nhip-cau.screenTheme';
/** How long a browser may take to say that it plays sound, in ms. */
const soundAnswerMs = 1_500;

/** Whether the browser lets this page sound without a person's touch. */
async function soundAllowed(): Promise<boolean> {
  const context = new AudioContext();
  try {
    // Refused, the promise stays open until a touch.
    const late = new Promise<void>((resolve) => setTimeout(resolve, soundAnswerMs));
    await Promise.race([context.resume(), late]);
    return context.state === 'running';
  } finally {
    void context.close();
  }
}

function rememberedTheme(search: string): Theme {
  const asked = new URLSearchParams(search).get('theme') ?? localStorage.getItem(themeKey);
  return asked === 'light' ? 'light' : 'dark';
}

/**
 * A page without a hand: asks for one touch only where the browser will not sound without it, then
 * keeps the display awake. The theme is `?theme=`, the remembered one, or dark.
 */
export function useKiosk(search: string) {
  const needsStart = ref(false);
  const theme = ref<Theme>(rememberedTheme(search));
  const wakeLock = useWakeLock();

  const keepAwake = () => {
    // Refused on a low battery; the display's own settings then decide.
    if (wakeLock.isSupported.value) void wakeLock.request('screen').catch(() => {});
  };

  function setTheme(next: Theme): void {
    theme.value = next;
    localStorage.setItem(themeKey, next);
  }

  /** Call from a click: it is the touch that the browser waits for. */
  function start(): void {
    needsStart.value = false;
    keepAwake();
    fill();
  }

  function fill(): void {
    void document.documentElement.requestFullscreen().catch(() => {});
  }

  function toggleFullscreen(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else fill();
  }

  watch(theme, (now) => (document.documentElement.dataset['theme'] = now), { immediate: true });
  onMounted(async () => {
    needsStart.value = !(await soundAllowed());
    if (!needsStart.value) keepAwake();
  });

  return {
    needsStart: readonly(needsStart),
    theme: readonly(theme),
    setTheme,
    toggleFullscreen,
    start,
    /** The browser refused to play something after all. */
    handleBlocked: () => (needsStart.value = true),
  };
}
