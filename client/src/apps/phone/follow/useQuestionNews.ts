import type { QuestionState } from '@nhip-cau/shared/model/questions';
import { watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useDialogueStore } from '../../../stores/dialogue.ts';
import { notify } from '../notices.ts';

/** States that the asker did not bring about, and that nothing else on the page calls out. */
const told: ReadonlySet<QuestionState> = new Set([
  'forwarded',
  'accepted',
  'heard',
  'disposed',
  'returned',
]);

/** Says when something became of a question, wherever on the page its asker is. */
export function useQuestionNews(): void {
  const { t } = useI18n();
  const store = useDialogueStore();
  watch(
    () => new Map([...store.person.questions.values()].map(({ id, state }) => [id, state])),
    (states, before) => {
      for (const [id, state] of states) {
        const was = before.get(id);
        if (was === undefined || was === state || !told.has(state)) continue;
        const words = t('phone.question.news', { state: t(`states.question.${state}`) });
        notify(words, state === 'returned' ? 'warning' : 'done');
      }
    },
  );
}
