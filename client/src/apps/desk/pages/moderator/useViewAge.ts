import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useNow } from '../../../../composables/useClock.ts';
import { useLocale } from '../../../../locales/i18n.ts';
import { formatTime } from '../../../../ui/format.ts';
import type { UseHall } from './useHall.ts';

/** How old the view is while the line is gone: "Dữ liệu lúc 14:32, 6 phút trước". */
export function useViewAge({ viewAt }: Pick<UseHall, 'viewAt'>) {
  const { t } = useI18n();
  const { locale } = useLocale();
  const now = useNow({ intervalMs: 5_000 });
  return computed(() => {
    const at = viewAt.value;
    if (at === null) return null;
    const count = Math.max(0, Math.floor((now.value - at) / 60_000));
    return t(`moderator.viewAge.${count === 0 ? 'now' : 'minutes'}`, {
      time: formatTime(at, locale.value),
      count,
    });
  });
}
