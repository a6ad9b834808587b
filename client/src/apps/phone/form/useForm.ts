import type { NameVisibility } from '@nhip-cau/shared/model/questions';
import type { FormBody, FormReceiptBody } from '@nhip-cau/shared/protocol/http';
import { computed, ref, shallowRef } from 'vue';
import { newId } from '../../../core/connection/new-id.ts';
import { api, ApiError } from '../../../core/http.ts';
import { visibilityFor } from '../ask/visibility.ts';
import { sendFile } from '../../../core/send-file.ts';
import { shrink } from '../attachments/shrink.ts';
import { useUploads } from '../attachments/useUploads.ts';
import type { SentFile } from '../attachments/useUploads.ts';
import { persisted } from '../../../composables/persisted.ts';

export type FormPhase = 'loading' | 'open' | 'closed' | 'failed' | 'sent';

/** What was wrong with what was to be sent: a part of the form, or the server's refusal. */
export type FormProblem = 'hall' | 'empty' | 'name' | 'files' | Error;

const blank = () => ({
  /** Made once a question: sent twice, it is one. */
  questionId: newId(),
  commandId: newId(),
  bridgePointId: '',
  text: '',
  field: '',
  name: '',
  nameVisibility: 'desk' as NameVisibility,
  files: [] as SentFile[],
});

/** The public form of a dialogue: kept on this device as it is filled in, sent once. */
export function useForm(dialogueId: string) {
  const path = `/api/forms/${encodeURIComponent(dialogueId)}`;
  const phase = ref<FormPhase>('loading');
  const form = shallowRef<FormBody | null>(null);
  const error = shallowRef<unknown>(null);
  const problem = shallowRef<FormProblem | null>(null);
  const isSending = ref(false);
  const code = ref('');
  const draft = persisted(`nhip-cau.form:${dialogueId}`, blank());
  const uploads = useUploads({
    sent: computed({
      get: () => draft.value.files,
      set: (files) => (draft.value.files = files),
    }),
    send: async (file, onProgress, signal) =>
      sendFile(`${path}/questions/${draft.value.questionId}/attachments`, await shrink(file), {
        principal: null,
        onProgress,
        signal,
      }),
  });

  /** Reads what the form asks; never rejects. */
  async function load(): Promise<void> {
    phase.value = 'loading';
    try {
      form.value = await api<FormBody>('GET', path);
      phase.value = 'open';
    } catch (failure) {
      error.value = failure;
      phase.value = isClosed(failure) ? 'closed' : 'failed';
    }
  }

  /** Sends files, then the question. `website` is what nobody sees. Never rejects. */
  async function send(website: string): Promise<void> {
    if (isSending.value || !form.value) return;
    problem.value = missing(form.value);
    if (problem.value !== null) return;
    isSending.value = true;
    try {
      if (await uploads.settled()) await post(form.value, website);
      else problem.value = 'files';
    } catch (failure) {
      if (isClosed(failure)) phase.value = 'closed';
      else problem.value = failure as Error;
    } finally {
      isSending.value = false;
    }
  }

  function missing({ namePolicy, halls }: FormBody): FormProblem | null {
    const { bridgePointId, name, text } = draft.value;
    if (!halls.some(({ id }) => id === bridgePointId)) return 'hall';
    if (text.trim() === '') return 'empty';
    return namePolicy === 'required' && name.trim() === '' ? 'name' : null;
  }

  async function post({ fields, namePolicy }: FormBody, website: string): Promise<void> {
    const { name, field, files, nameVisibility, text, ...ids } = draft.value;
    const asker = namePolicy === 'none' || name.trim() === '' ? null : name.trim();
    const body = {
      ...ids,
      text,
      field: fields.includes(field) ? field : null,
      asker,
      nameVisibility: visibilityFor(nameVisibility, asker, namePolicy),
      ...(files.length > 0 && { attachmentIds: files.map(({ attachmentId }) => attachmentId) }),
      website,
    };
    code.value = (await api<FormReceiptBody>('POST', `${path}/questions`, { body })).code;
    uploads.clear();
    // The next question is most likely of the same person, for the same hall.
    const { questionId, commandId } = blank();
    Object.assign(draft.value, { questionId, commandId, text: '', field: '' });
    phase.value = 'sent';
  }

  return { code, draft, error, form, isSending, load, phase, problem, send, uploads };
}

export type FormControl = ReturnType<typeof useForm>;

const isClosed = (failure: unknown) =>
  failure instanceof ApiError && failure.code === 'form_closed';
