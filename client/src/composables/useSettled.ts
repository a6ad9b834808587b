import { effect, nextTick, onScopeDispose, shallowRef } from 'vue';
import type { ShallowRef } from 'vue';

export interface Settled<Value> {
  value: Readonly<ShallowRef<Value>>;
  /** Takes in now what has changed since. */
  settle(): void;
}

/**
 * What `make` gives, made anew when something it reads has changed: at once after a quiet time, then
 * once in `intervalMs` (ms), however often it changes. The last change is always taken in.
 */
export function useSettled<Value>(make: () => Value, intervalMs: number): Settled<Value> {
  const value = shallowRef() as ShallowRef<Value>;
  let madeAt = -Infinity;
  let isStale = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function settle(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (isStale) run();
  }

  function changed(): void {
    if (isStale) return;
    isStale = true;
    const waitMs = madeAt + intervalMs - performance.now();
    if (waitMs > 0) timer = setTimeout(settle, waitMs);
    else void nextTick(settle);
  }

  const run = effect(
    () => {
      isStale = false;
      value.value = make();
      madeAt = performance.now();
    },
    { scheduler: changed },
  );
  onScopeDispose(() => {
    isStale = false;
    settle();
  });
  return { value, settle };
}
