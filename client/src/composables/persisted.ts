import { ref, watch } from 'vue';
import type { Ref } from 'vue';
import { browserStorage } from '../core/connection/outbox-shelf.ts';
import type { ShelfStorage } from '../core/connection/outbox-shelf.ts';

/**
 * A value that outlives the page: written as soon as it changes, so that what was typed is there
 * even when the phone dies in the next second. What was kept in another shape is not used.
 */
export function persisted<T extends object>(
  key: string,
  initial: T,
  storage: ShelfStorage = browserStorage(),
): Ref<T> {
  const value = ref(read(storage.getItem(key), initial)) as Ref<T>;
  const write = (now: T) => {
    try {
      storage.setItem(key, JSON.stringify(now));
    } catch {
      // No room left: the page still holds it.
    }
  };
  watch(value, write, { deep: true, flush: 'sync' });
  return value;
}

function read<T extends object>(json: string | null, initial: T): T {
  try {
    const kept: unknown = JSON.parse(json ?? 'null');
    if (Array.isArray(initial)) return Array.isArray(kept) ? (kept as unknown as T) : initial;
    return kept && typeof kept === 'object' ? { ...initial, ...kept } : initial;
  } catch {
    return initial;
  }
}
