import type { CommandName, CommandPayload } from '@nhip-cau/shared/protocol/commands';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useAct } from '../../parts/useAct.ts';
import { missingIn } from './model/missing.ts';
import type { Editor } from './useEditor.ts';

/** The steps of the whole transcript, from a draft to what is certified and beyond. */
export function useCertifying({ store, lines, drafts, conflictOf, dialogueState }: Editor) {
  const { t } = useI18n();
  const { busy, run } = useAct();

  const missing = computed(() =>
    missingIn({
      lines: lines.value,
      dialogueState: dialogueState.value,
      transcribing: store.signals.transcribing,
      unsaved: drafts.unsaved.value.size,
      conflicts: lines.value.filter((line) => conflictOf(line) !== null).length,
    }),
  );

  function step<Name extends CommandName>(
    name: Name,
    payload: CommandPayload<Name>,
    done: string,
  ): Promise<boolean> {
    return run(
      async () => {
        const outcome = await store.send(name, payload);
        if (!outcome.ok) throw outcome.error;
      },
      { done, failed: t('live.refused') },
    );
  }

  return {
    missing,
    busy,
    finish: () => step('transcript.finish', {}, t('transcript.done.finished')),
    reopen: () => step('transcript.reopen', {}, t('transcript.done.reopened')),
    /** `hash` is that of the lines that were read. */
    certify: (hash: string, certifiedBy: string) =>
      step('transcript.certify', { hash, certifiedBy }, t('transcript.done.certified')),
    supersede: (reason: string) =>
      step('transcript.supersede', { reason }, t('transcript.done.superseded')),
  };
}

export type UseCertifying = ReturnType<typeof useCertifying>;
