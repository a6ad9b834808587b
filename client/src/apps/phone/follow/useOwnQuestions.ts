import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useDialogueStore } from '../../../stores/dialogue.ts';
import { ownQuestions } from './own-questions.ts';
import type { OwnQuestion } from './own-questions.ts';

/** This phone's questions, newest first. */
export function useOwnQuestions(): ComputedRef<OwnQuestion[]> {
  const store = useDialogueStore();
  return computed(() => ownQuestions(store.person.questions, store.waiting));
}
