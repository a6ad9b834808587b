import type { PlaceReason } from '@nhip-cau/shared/model/order';
import { useI18n } from 'vue-i18n';
import { useLocale } from '../../../../locales/i18n.ts';
import { formatDuration, formatTime } from '../../../../ui/format.ts';
import { hallName } from '../../live/hall-name.ts';

/** Why a question stands where it stands, as it is printed: without who at the desk put it there. */
export function useReasonWords(): (reason: PlaceReason) => string {
  const { t } = useI18n();
  const { locale } = useLocale();

  return (reason) => {
    switch (reason.kind) {
      case 'pinned':
        return reason.reason === null
          ? t('briefing.why.pinned')
          : t('briefing.why.pinnedBecause', { reason: reason.reason });
      case 'district':
        return t('briefing.why.district', { district: reason.district });
      case 'bridgePoint':
        return t('briefing.why.bridgePoint', { hall: hallName(reason.bridgePointName) });
      case 'field':
        return t('briefing.why.field', { field: reason.field ?? t('briefing.noField') });
      case 'districtTime':
        return t('briefing.why.districtTime', {
          district: reason.district,
          time: formatDuration(reason.spokenMs),
        });
      case 'urgency':
        return t('briefing.why.urgency');
      case 'support':
        return t('briefing.why.support', { count: reason.people }, reason.people);
      case 'waiting':
        return t('briefing.why.waiting', { time: formatTime(reason.since, locale.value) });
    }
  };
}
