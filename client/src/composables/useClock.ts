import { inject, onScopeDispose, provide, readonly, ref } from 'vue';
import type { InjectionKey, Ref } from 'vue';

const clockKey: InjectionKey<() => number> = Symbol('clock');

/** Gives everything below this component the clock to show turns by: epoch ms, the server's. */
export function provideClock(now: () => number): void {
  provide(clockKey, now);
}

/** The provided clock's epoch ms, renewed every `intervalMs` while the calling scope lives. */
export function useNow({ intervalMs = 250 } = {}): Readonly<Ref<number>> {
  const now = inject(clockKey, Date.now);
  const current = ref(now());
  const timer = setInterval(() => {
    current.value = now();
  }, intervalMs);
  onScopeDispose(() => clearInterval(timer));
  return readonly(current);
}
