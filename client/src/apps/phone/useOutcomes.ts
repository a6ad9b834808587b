import { onScopeDispose } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRefusal } from '../../composables/useRefusal.ts';
import { useDialogueStore } from '../../stores/dialogue.ts';
import type { DraftControl } from './ask/useDraft.ts';
import { notify } from './notices.ts';

/** Says how each thing that was sent went, also what had been waiting since before a reload. */
export function useOutcomes(draft: DraftControl): void {
  const { t } = useI18n();
  const { refusalText } = useRefusal();
  const store = useDialogueStore();

  const stop = store.onSettled(({ command, outcome, kept }) => {
    if (outcome.ok) {
      // Sent from here, its own card says so.
      if (command.name === 'question.ask' && kept) notify(t('phone.ask.sent'));
      if (command.name === 'question.withdraw') notify(t('phone.question.withdrawn'));
      return;
    }
    const { code } = outcome.error;
    // It is there already: what was wanted holds.
    if (code === 'already_exists') return;
    if (command.name === 'question.ask') {
      const { questionId, text } = command.payload;
      draft.keepUnsent({ questionId, text, code });
    }
    // The moderator was quicker, or the hand went down with the question it became.
    if (command.name === 'hand.lower' && code === 'wrong_state') return;
    notify(refusalText(outcome.error), 'warning');
  });
  onScopeDispose(stop);
}
