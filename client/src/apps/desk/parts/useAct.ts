import { useToast } from '@nuxt/ui/composables';
import { readonly, ref } from 'vue';
import type { Ref } from 'vue';
import { useRefusal } from '../../../composables/useRefusal.ts';

export interface Act {
  /** Whether something is under way: its buttons wait. */
  busy: Readonly<Ref<boolean>>;
  /**
   * Does it once at a time and tells the person: `done` when it went well, else what was refused
   * and why. Resolves to whether it went well.
   */
  run(work: () => Promise<unknown>, words: { done?: string; failed: string }): Promise<boolean>;
}

/** Runs what a button does, with its outcome told in words. */
export function useAct(): Act {
  const toast = useToast();
  const { refusalText } = useRefusal();
  const busy = ref(false);

  async function run(
    work: () => Promise<unknown>,
    words: { done?: string; failed: string },
  ): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    try {
      await work();
      if (words.done) toast.add({ title: words.done, color: 'success', icon: 'i-lucide-check' });
      return true;
    } catch (error) {
      toast.add({
        title: words.failed,
        description: refusalText(error),
        color: 'error',
        icon: 'i-lucide-triangle-alert',
        duration: 12_000,
      });
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy: readonly(busy), run };
}
