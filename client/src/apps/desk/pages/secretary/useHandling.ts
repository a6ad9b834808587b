import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { watchDebounced } from '@vueuse/core';
import { onScopeDispose } from 'vue';
import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { useConfirm } from '../../parts/useConfirm.ts';
import { namesOf, openedBefore, othersOf } from './model/handling.ts';

/** Going down the list by key opens nothing on the way. */
const settleMs = 250;

/** Tells the other pages what this one has open, and asks before it does what another one may be at. */
export function useHandling(
  store: ReturnType<typeof useDialogueStore>,
  chosen: Readonly<Ref<DeskQuestionFact | null>>,
) {
  const { t } = useI18n();
  const confirm = useConfirm();
  /** What was answered with yes already, as long as the same pages have it open. */
  const consented = new Set<string>();

  watchDebounced(
    () => chosen.value?.id ?? null,
    (id) => store.openEntry(id),
    { debounce: settleMs },
  );
  onScopeDispose(() => store.openEntry(null));

  const others = (id: string) => othersOf(store.signals.handling[id], store.socketId());

  /** Whether this person means to act on these, though somebody opened one of them before. */
  async function mayAct(questions: readonly Pick<DeskQuestionFact, 'id'>[]): Promise<boolean> {
    const socketId = store.socketId();
    const taken = questions.flatMap(({ id }) => {
      const before = openedBefore(store.signals.handling[id], socketId);
      const key = `${id} ${before.map((page) => page.socketId).join(' ')}`;
      return before.length === 0 || consented.has(key) ? [] : [{ key, before }];
    });
    if (taken.length === 0) return true;
    const names = namesOf(taken.flatMap(({ before }) => before)).join(', ');
    const sure = await confirm({
      title: t('secretary.handling.title', { names }),
      text: t('secretary.handling.text', { count: taken.length }, taken.length),
      action: t('secretary.handling.goOn'),
    });
    if (sure) for (const { key } of taken) consented.add(key);
    return sure;
  }

  return { others, mayAct };
}

export type UseHandling = ReturnType<typeof useHandling>;
