import { computed } from 'vue';
import type { ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useNow } from '../../../../composables/useClock.ts';
import { ApiError } from '../../../../core/http.ts';
import { waitOf } from './wait.ts';

/** How long a refusal asks one to wait, in words that count down; `null` once it is over. */
export function useWait(refusal: Readonly<ShallowRef<unknown>>) {
  const { t } = useI18n();
  const now = useNow({ intervalMs: 1_000 });
  const until = computed(() =>
    refusal.value instanceof ApiError ? waitOf(refusal.value, Date.now()) : null,
  );
  const waitWords = computed(() => {
    const seconds = Math.ceil(((until.value ?? 0) - now.value) / 1_000);
    if (seconds <= 0) return null;
    const minutes = Math.floor(seconds / 60);
    return minutes === 0
      ? t('people.signIn.seconds', { seconds })
      : t('people.signIn.minutes', { minutes, seconds: seconds % 60 });
  });
  return { waitWords };
}
