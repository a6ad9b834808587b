import type { NameVisibility } from '@nhip-cau/shared/model/questions';
import type { ErrorCode } from '@nhip-cau/shared/protocol/errors';
import { computed } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { SentFile } from '../attachments/useUploads.ts';
import { persisted } from '../../../composables/persisted.ts';

/** What is being typed. `field` empty: left to the moderator. */
export interface Draft {
  text: string;
  field: string;
  nameVisibility: NameVisibility;
  /** Files that are at the server and wait for their question. */
  files: SentFile[];
}

/** A question that was refused: its words are still the asker's. */
export interface UnsentQuestion {
  questionId: string;
  text: string;
  code: ErrorCode;
}

export interface DraftControl {
  draft: Ref<Draft>;
  isEmpty: ComputedRef<boolean>;
  unsent: Ref<UnsentQuestion[]>;
  /** The draft was given to the outbox; who may read the name stays as chosen. */
  clear(): void;
  keepUnsent(question: UnsentQuestion): void;
  dropUnsent(questionId: string): void;
}

/** The question in work for a dialogue, kept on this phone as it is typed. */
export function useDraft(dialogueId: string): DraftControl {
  const draft = persisted<Draft>(`nhip-cau.draft:${dialogueId}`, {
    text: '',
    field: '',
    nameVisibility: 'hall',
    files: [],
  });
  const unsent = persisted<UnsentQuestion[]>(`nhip-cau.unsent:${dialogueId}`, []);
  return {
    draft,
    isEmpty: computed(() => draft.value.text.trim() === ''),
    unsent,
    clear: () => Object.assign(draft.value, { text: '', field: '' }),
    keepUnsent: (question) => (unsent.value = [...unsent.value, question]),
    dropUnsent: (questionId) =>
      (unsent.value = unsent.value.filter((one) => one.questionId !== questionId)),
  };
}
