import type { QuestionImportPreviewBody } from '@nhip-cau/shared/protocol/question-import';
import { computed, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useAct } from '../../parts/useAct.ts';
import { useRequests } from '../../parts/useRequests.ts';

/** A list of questions from its file to the desk: read, looked at, imported step by step. */
export function useQuestionImport(dialogueId: string) {
  const { t } = useI18n();
  const requests = useRequests();
  const { busy, run } = useAct();
  const fileName = ref<string | null>(null);
  const preview = shallowRef<QuestionImportPreviewBody | null>(null);
  const skipAlike = ref(false);
  const progress = shallowRef<{ done: number; total: number } | null>(null);
  /** How many went in, once all of them have. */
  const imported = ref<number | null>(null);
  const count = computed(() => {
    const totals = preview.value?.totals;
    return totals ? totals.new - (skipAlike.value ? totals.alike : 0) : 0;
  });

  async function read(chosen: File): Promise<void> {
    if (busy.value) return;
    fileName.value = chosen.name;
    preview.value = null;
    imported.value = null;
    progress.value = null;
    skipAlike.value = false;
    await run(
      async () => {
        preview.value = await requests.previewQuestions(dialogueId, chosen);
      },
      { failed: t('admin.import.unreadable', { name: chosen.name }) },
    );
  }

  async function confirm(): Promise<void> {
    const shown = preview.value;
    if (!shown) return;
    const wanted = count.value;
    await run(
      async () => {
        let step = { done: 0, total: wanted };
        do {
          progress.value = step;
          step = await requests.importQuestions(dialogueId, shown.importId, skipAlike.value);
        } while (step.done < step.total);
        imported.value = wanted;
        preview.value = null;
      },
      { failed: t('intake.failed') },
    );
    progress.value = null;
  }

  return { busy, fileName, preview, skipAlike, progress, imported, count, read, confirm };
}
