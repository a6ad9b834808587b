import { readonly, ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';

export interface Loaded<T> {
  /** The newest answer; kept while it is loaded again. */
  value: Readonly<ShallowRef<T | null>>;
  error: Readonly<ShallowRef<unknown>>;
  loading: Readonly<Ref<boolean>>;
  reload(): Promise<void>;
}

/** Loads at once and on `reload`; an answer that a newer request has overtaken is dropped. */
export function useLoad<T>(load: () => Promise<T>): Loaded<T> {
  const value = shallowRef<T | null>(null);
  const error = shallowRef<unknown>(null);
  const loading = ref(false);
  let newest = 0;

  async function reload(): Promise<void> {
    const mine = (newest += 1);
    loading.value = true;
    try {
      const answer = await load();
      if (mine !== newest) return;
      value.value = answer;
      error.value = null;
    } catch (failure) {
      if (mine === newest) error.value = failure;
    } finally {
      if (mine === newest) loading.value = false;
    }
  }

  void reload();
  return { value, error, loading: readonly(loading), reload };
}
