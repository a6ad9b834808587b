import { useVirtualizer } from '@tanstack/vue-virtual';
import { useElementSize } from '@vueuse/core';
import { computed, nextTick, watch } from 'vue';
import type { Ref } from 'vue';
import { namesOf } from '../model/handling.ts';
import { isStale } from '../model/history.ts';
import { useDesk } from '../useDesk.ts';
import { useRowWords } from '../useRowWords.ts';

/** As in the row's style: narrower than this a row has two lines. */
const oneLinePx = 1_060;
const atCity: readonly string[] = ['forwarded', 'accepted'];

/** Of the shown questions those in sight of `scroller`, each with all that its row says. */
export function useQueueRows(scroller: Readonly<Ref<HTMLElement | null>>) {
  const desk = useDesk();
  const { lane, shown, chosen, selection, places, clock } = desk;
  const { age, stateWords, why, channels } = useRowWords();
  const { width } = useElementSize(scroller);
  const rowPx = computed(() => (width.value < oneLinePx ? 54 : 44));
  const count = computed(() => shown.value.length);
  // Every row is as high as the others, so that only their number matters, not which they are.
  const virtualizer = useVirtualizer(
    computed(() => ({
      count: count.value,
      getScrollElement: () => scroller.value,
      estimateSize: () => rowPx.value,
      overscan: 6,
    })),
  );
  watch(rowPx, () => virtualizer.value.measure());

  // A row is its question's: one that became another question's under the pointer would be clicked.
  const rows = computed(() =>
    virtualizer.value.getVirtualItems().flatMap(({ index, start }) => {
      const question = shown.value[index];
      if (!question) return [];
      const planned = question.state === 'accepted' ? places.value.get(question.id) : undefined;
      return [
        {
          question,
          index,
          top: `translateY(${start}px)`,
          place: planned?.place ?? index + 1,
          why: planned ? why(planned.reason) : '',
          state: lane.value === 'all' ? stateWords(question.state) : '',
          age: age(question.forwardedAt ?? question.askedAt, clock.value.now),
          stale: isStale(question, clock.value),
          channel: channels.value[question.channel],
          similar: question.state === 'merged' ? 0 : desk.similarTo(question).length,
          handlers: namesOf(desk.others(question.id)),
          chosen: question === chosen.value,
          selected: selection.value.ids.has(question.id),
        },
      ];
    }),
  );

  watch(
    () => rows.value.map(({ question }) => question),
    (questions) => desk.want(questions.filter(({ state }) => atCity.includes(state))),
  );
  watch(
    () => chosen.value?.id,
    async (id) => {
      const index = shown.value.findIndex((question) => question.id === id);
      if (index < 0) return;
      await nextTick();
      virtualizer.value.scrollToIndex(index, { align: 'auto' });
    },
  );

  return {
    rows,
    rowPx,
    /** Of all rows together, in px. */
    heightPx: computed(() => virtualizer.value.getTotalSize()),
  };
}
