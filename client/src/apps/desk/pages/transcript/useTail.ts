import { computed, nextTick, ref, watch } from 'vue';
import type { Ref } from 'vue';

/** As near to the end as this, one follows it; in px. */
const nearPx = 120;

interface TailOptions {
  scroller: Readonly<Ref<HTMLElement | null>>;
  /** How many lines there are. */
  count: Readonly<Ref<number>>;
  /** Whether lines still come in. */
  isLive: Readonly<Ref<boolean>>;
  /** Whether somebody is at a line: then nothing moves under them. */
  isHeld: Readonly<Ref<boolean>>;
  toEnd(): void;
}

/** Follows the end while lines come in, unless one has scrolled back; tells how many came since. */
export function useTail({ scroller, count, isLive, isHeld, toEnd }: TailOptions) {
  const isAtEnd = ref(isLive.value);
  const seen = ref(count.value);
  const news = computed(() => (isAtEnd.value ? 0 : Math.max(0, count.value - seen.value)));

  function handleScroll(): void {
    const box = scroller.value;
    if (!box) return;
    isAtEnd.value = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
    if (isAtEnd.value) seen.value = count.value;
  }

  async function follow(): Promise<void> {
    isAtEnd.value = true;
    seen.value = count.value;
    await nextTick();
    toEnd();
  }

  watch(count, (now, before) => {
    if (isLive.value && isAtEnd.value && now > before) {
      if (isHeld.value) isAtEnd.value = false;
      else void follow();
    } else if (!isLive.value || now < before) seen.value = now;
  });

  return { news, isAtEnd, handleScroll, follow };
}
