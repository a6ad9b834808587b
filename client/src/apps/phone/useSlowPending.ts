import { onScopeDispose, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { useDialogueStore } from '../../stores/dialogue.ts';

const slowMs = 1_500;

/** What waits to be sent, once it has waited for long enough to be worth a word. */
export function useSlowPending(): Readonly<Ref<number>> {
  const store = useDialogueStore();
  const shown = ref(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    [() => store.pending, () => store.status],
    ([pending, status]) => {
      clearTimeout(timer);
      if (pending === 0 || status === 'offline' || shown.value > 0) shown.value = pending;
      else timer = setTimeout(() => (shown.value = store.pending), slowMs);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return shown;
}
