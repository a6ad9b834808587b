import type { PlaceReason } from '@nhip-cau/shared/model/order';
import type { QuestionChannel, QuestionState } from '@nhip-cau/shared/model/questions';
import { questionChannels } from '@nhip-cau/shared/model/questions';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useLocale } from '../../../../locales/i18n.ts';
import { formatDuration, formatTime } from '../../../../ui/format.ts';
import { hallName } from '../../live/hall-name.ts';
import { ageOf } from './model/history.ts';

/** What a line of the list says in words. */
export function useRowWords() {
  const { t } = useI18n();
  const { locale } = useLocale();

  // Rows say few different things again and again, and wording one takes longer than keeping it.
  const said = computed(() => (void locale.value, new Map<string, string>()));
  function kept(key: string, word: () => string): string {
    const words = said.value.get(key) ?? word();
    said.value.set(key, words);
    return words;
  }

  /** How long ago it was, both in epoch ms. */
  function age(at: number, now: number): string {
    const { unit, count } = ageOf(at, now);
    return kept(`${unit} ${count}`, () => t(`secretary.age.${unit}`, { count }));
  }

  const stateWords = (state: QuestionState) => kept(state, () => t(`states.question.${state}`));

  /** Why a question has its place. */
  function why(reason: PlaceReason): string {
    switch (reason.kind) {
      case 'pinned': {
        const by = reason.by ?? t('secretary.why.somebody');
        return reason.reason === null
          ? t('secretary.why.pinned', { by })
          : t('secretary.why.pinnedBecause', { by, reason: reason.reason });
      }
      case 'district':
        return t('secretary.why.district', { district: reason.district });
      case 'bridgePoint':
        return t('secretary.why.bridgePoint', { hall: hallName(reason.bridgePointName) });
      case 'field':
        return t('secretary.why.field', { field: reason.field ?? t('secretary.noField') });
      case 'districtTime':
        return t('secretary.why.districtTime', {
          district: reason.district,
          time: formatDuration(reason.spokenMs),
        });
      case 'urgency':
        return t('secretary.why.urgency');
      case 'support':
        return t('secretary.why.support', { count: reason.people }, reason.people);
      case 'waiting':
        return t('secretary.why.waiting', { time: formatTime(reason.since, locale.value) });
    }
  }

  const channels = computed(
    () =>
      Object.fromEntries(
        questionChannels.map((channel) => [channel, t(`secretary.channel.${channel}`)]),
      ) as Record<QuestionChannel, string>,
  );

  return { age, stateWords, why, channels };
}
