import type { Disposition, QuestionState } from '@nhip-cau/shared/model/questions';
import { useI18n } from 'vue-i18n';
import { useLocale } from '../../../locales/i18n.ts';
import { useDialogueStore } from '../../../stores/dialogue.ts';
import { formatDate } from '../../../ui/format.ts';

/** What becomes of a question, in words for its asker. */
export function useQuestionWords() {
  const { t } = useI18n();
  const { locale } = useLocale();
  const store = useDialogueStore();

  return {
    /** What happens next and who reads it; empty when nothing is left to happen. */
    nextStep(state: QuestionState | 'waiting'): string {
      if (state === 'withdrawn' || state === 'disposed') return '';
      const hall = store.person.person?.bridgePointName ?? '';
      return t(`phone.next.${state}`, { hall });
    },
    dispositionText(disposition: Disposition): string {
      switch (disposition.kind) {
        case 'answeredHere':
          return t('phone.disposition.answeredHere');
        case 'assigned':
          return t('phone.disposition.assigned', {
            agency: disposition.agency,
            date: formatDate(disposition.dueOn, locale.value),
          });
        case 'escalated':
          return t('phone.disposition.escalated', { to: disposition.to });
        case 'outside':
          return t('phone.disposition.outside', { reason: disposition.reason });
      }
    },
  };
}
