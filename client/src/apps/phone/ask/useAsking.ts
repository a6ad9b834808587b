import { computed, ref } from 'vue';
import { newId } from '../../../core/connection/new-id.ts';
import { useDialogueStore } from '../../../stores/dialogue.ts';
import { sendFile } from '../../../core/send-file.ts';
import { shrink } from '../attachments/shrink.ts';
import { useUploads } from '../attachments/useUploads.ts';
import type { DraftControl } from './useDraft.ts';
import { visibilityFor } from './visibility.ts';

/**
 * Sends the draft, its files first. It lives as long as the dialogue's page, so that a file goes on
 * while its asker looks elsewhere; until the question is given, its words stay in the draft.
 */
export function useAsking(control: DraftControl) {
  const store = useDialogueStore();
  const { draft } = control;
  const uploads = useUploads({
    sent: computed({
      get: () => draft.value.files,
      set: (files) => (draft.value.files = files),
    }),
    async send(file, onProgress, signal) {
      const { dialogueId = '', principal = null } = store.session ?? {};
      const path = `/api/dialogues/${dialogueId}/attachments`;
      return sendFile(path, await shrink(file), { principal, onProgress, signal });
    },
  });
  /** Given, but for the files that are still on their way. */
  const isWaiting = ref(false);
  const sentId = ref<string | null>(null);
  const problem = ref<'empty' | 'files' | null>(null);

  async function send(): Promise<void> {
    if (isWaiting.value) return;
    problem.value = control.isEmpty.value ? 'empty' : null;
    if (problem.value !== null) return;
    isWaiting.value = true;
    const isWhole = await uploads.settled();
    isWaiting.value = false;
    if (isWhole) give();
    else problem.value = 'files';
  }

  function give(): void {
    const { person } = store.person;
    const { dialogue } = store;
    if (!person || !dialogue || control.isEmpty.value) return;
    const { text, field, nameVisibility, files } = draft.value;
    sentId.value = newId();
    void store.send('question.ask', {
      questionId: sentId.value,
      bridgePointId: person.bridgePointId,
      text,
      field: dialogue.fields.includes(field) ? field : null,
      nameVisibility: visibilityFor(nameVisibility, person.name, dialogue.namePolicy),
      ...(files.length > 0 && { attachmentIds: files.map(({ attachmentId }) => attachmentId) }),
    });
    uploads.clear();
    control.clear();
  }

  return { isWaiting, problem, send, sentId, uploads };
}

export type Asking = ReturnType<typeof useAsking>;
