import { usePreferredReducedMotion, useTitle } from '@vueuse/core';
import { computed, onScopeDispose, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { HallBanner } from './banner.ts';
import { callLevel, callsFor } from './call.ts';
import type { CallLevel } from './call.ts';
import { useChime } from './useChime.ts';

const flashMs = 1_000;

/**
 * Calls the people of the hall when its turn comes nearer: by sound, by the window's title, and by
 * a notification while the page is out of sight. The banner does the rest.
 */
export function useCalls(banner: Ref<HallBanner>) {
  const { t } = useI18n();
  const chime = useChime();
  const motion = usePreferredReducedMotion();
  const level = ref<CallLevel>('none');
  const title = useTitle();
  const ownTitle = title.value ?? '';
  const isBright = ref(true);
  const words = computed(() =>
    level.value === 'none' ? null : t(`moderator.call.${level.value}`),
  );

  watch(
    () => banner.value.kind,
    (kind) => {
      const before = level.value;
      level.value = callLevel(kind, before);
      const call = callsFor(before, level.value);
      if (call === null || call === 'none') return;
      chime.play(call);
      notify(t(`moderator.call.${call}`));
    },
    { immediate: true },
  );

  // A steady title for who wants no motion.
  const flashing = setInterval(() => {
    isBright.value = motion.value === 'reduce' || !isBright.value;
  }, flashMs);
  watch(
    [words, isBright],
    () => (title.value = words.value !== null && isBright.value ? `● ${words.value}` : ownTitle),
    { immediate: true },
  );
  onScopeDispose(() => clearInterval(flashing));

  function notify(text: string): void {
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    if (document.visibilityState === 'visible') return;
    const notification = new Notification(text, { tag: 'nhip-cau.call', body: ownTitle });
    notification.onclick = () => window.focus();
  }

  async function turnOn(): Promise<void> {
    await chime.turnOn();
    if ('Notification' in window && Notification.permission === 'default') {
      await Notification.requestPermission();
    }
  }

  return {
    level,
    silent: chime.silent,
    turnOn,
    turnOff: chime.turnOff,
    /** One tone: somebody of the city wants a person here. */
    ring: () => chime.play('onDeck'),
  };
}
