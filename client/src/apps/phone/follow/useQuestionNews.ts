import { watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useDialogueStore } from '../../../stores/dialogue.ts';
import { notify } from '../notices.ts';
import { newsOf, standingOf } from './question-news.ts';

/** Says when something became of a question, wherever on the page its asker is. */
export function useQuestionNews(): void {
  const { t } = useI18n();
  const store = useDialogueStore();
  watch(
    () => new Map([...store.person.questions.values()].map((fact) => [fact.id, standingOf(fact)])),
    (standings, before) => {
      for (const [id, standing] of standings) {
        const news = newsOf(before.get(id), standing);
        if (!news) continue;
        const { of, state } = news;
        const words = t(`phone.question.${of === 'own' ? 'news' : 'leadNews'}`, {
          state: t(`states.question.${state}`),
        });
        notify(words, state === 'returned' ? 'warning' : 'done');
      }
    },
  );
}
