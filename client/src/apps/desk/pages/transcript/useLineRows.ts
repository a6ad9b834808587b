import { useVirtualizer } from '@tanstack/vue-virtual';
import { computed, nextTick, watch } from 'vue';
import type { ComponentPublicInstance, Ref } from 'vue';
import { useEditor } from './useEditor.ts';

const estimatePx = 64;

/** Of the shown lines those in sight of `scroller`, each as high as it is. */
export function useLineRows(scroller: Readonly<Ref<HTMLElement | null>>) {
  const { shown, chosenId, questions, words, player } = useEditor();
  const count = computed(() => shown.value.length);
  const virtualizer = useVirtualizer(
    computed(() => ({
      count: count.value,
      getScrollElement: () => scroller.value,
      // Its own height stays a line's, wherever in the list it comes to stand.
      getItemKey: (index: number) => shown.value[index]?.id ?? index,
      estimateSize: () => estimatePx,
      overscan: 8,
    })),
  );

  /** The question that is spoken to from this line on. */
  function headingAt(index: number): string | null {
    const id = shown.value[index]?.questionId ?? null;
    if (id === null || id === shown.value[index - 1]?.questionId) return null;
    return questions.value.get(id) ?? null;
  }

  const rows = computed(() =>
    virtualizer.value.getVirtualItems().flatMap(({ index, start }) => {
      const line = shown.value[index];
      if (!line) return [];
      return [{ line, index, top: `translateY(${start}px)`, heading: headingAt(index) }];
    }),
  );

  function measure(row: Element | ComponentPublicInstance | null): void {
    const element = row && '$el' in row ? (row.$el as HTMLElement) : row;
    virtualizer.value.measureElement((element as HTMLElement | null) ?? null);
  }

  function bring(id: string | undefined, align: 'auto' | 'center' = 'auto'): void {
    const index = shown.value.findIndex((line) => line.id === id);
    if (index >= 0) virtualizer.value.scrollToIndex(index, { align });
  }

  /**
   * A row that one goes to by key is read aloud by a screen reader. Nobody is taken out of a field
   * or a dialog for it.
   */
  function focusRow(id: string): void {
    const { activeElement: active, body } = document;
    const row = scroller.value?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`);
    if (!row || row.contains(active)) return;
    if (active === null || active === body || scroller.value?.contains(active)) {
      row.focus({ preventScroll: true });
    }
  }

  watch(rows, (now) => words.want(now.map(({ line }) => line)), { immediate: true });
  watch(chosenId, async (id) => {
    if (id === null) return;
    await nextTick();
    bring(id);
    await nextTick();
    focusRow(id);
  });
  // Whoever listens reads along, unless they are at another line.
  watch(
    () => player.isPlaying.value && chosenId.value === null && player.spoken.value?.line.id,
    (id) => id && bring(id, 'center'),
  );

  return {
    rows,
    count,
    /** Of all rows together, in px. */
    heightPx: computed(() => virtualizer.value.getTotalSize()),
    measure,
    bring,
    toEnd: () => virtualizer.value.scrollToIndex(count.value - 1, { align: 'end' }),
  };
}
