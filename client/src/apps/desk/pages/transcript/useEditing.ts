import { watchDebounced } from '@vueuse/core';
import { onScopeDispose } from 'vue';
import type { Ref } from 'vue';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { namesOf, othersOf } from '../secretary/model/handling.ts';

/** Going down the lines by key opens none on the way. */
const settleMs = 250;

/** Tells the other pages which line this one has open, and knows who is in which. */
export function useEditing(
  store: ReturnType<typeof useDialogueStore>,
  openId: Readonly<Ref<string | null>>,
) {
  watchDebounced(openId, (id) => store.openLine(id), { debounce: settleMs });
  onScopeDispose(() => store.openLine(null));

  return {
    /** Names of the others who have this line open. */
    editorsOf: (id: string): string[] =>
      namesOf(othersOf(store.signals.editing[id], store.socketId())),
  };
}
