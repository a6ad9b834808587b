import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { computed, ref, shallowRef, watch } from 'vue';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { laneLists, lanes } from './model/lanes.ts';
import type { Lane } from './model/lanes.ts';
import { filterQuestions, noFilter } from './model/search.ts';
import type { Filter } from './model/search.ts';

/**
 * The lanes, the list that is shown of one of them, and the question chosen in it. When the chosen
 * one leaves the lane the next takes its place, unless `holds` says that somebody works on it.
 */
export function useQueue(store: ReturnType<typeof useDialogueStore>, holds: () => boolean) {
  const lists = computed(() =>
    laneLists(
      store.desk.questions.values(),
      store.stage?.onDeck.map(({ questionId }) => questionId) ?? [],
      store.desk.order?.places.map(({ questionId }) => questionId) ?? [],
    ),
  );
  const queueIds = computed(() => lists.value.accepted.map(({ id }) => id));
  const lane = ref<Lane>('incoming');
  const filter = shallowRef<Filter>(noFilter);
  const shown = computed(() => filterQuestions(lists.value[lane.value], filter.value));
  const chosenId = ref<string | null>(null);
  const chosen = computed<DeskQuestionFact | null>(
    () => (chosenId.value && store.desk.questions.get(chosenId.value)) || null,
  );

  watch(shown, (now, before) => {
    if (chosenId.value === null || holds()) return;
    if (now.some(({ id }) => id === chosenId.value)) return;
    const place = before.findIndex(({ id }) => id === chosenId.value);
    chosenId.value = now[Math.min(Math.max(place, 0), now.length - 1)]?.id ?? null;
  });

  function choose(id: string | null): void {
    chosenId.value = id;
  }

  /** Goes `by` rows down the list, or up when negative. */
  function step(by: number): void {
    const place = shown.value.findIndex(({ id }) => id === chosenId.value);
    const last = shown.value.length - 1;
    const next = place < 0 ? 0 : Math.min(Math.max(place + by, 0), last);
    chosenId.value = shown.value[next]?.id ?? null;
  }

  function showLane(next: Lane): void {
    lane.value = next;
    chosenId.value = lists.value[next][0]?.id ?? null;
  }

  function stepLane(by: number): void {
    const next = lanes[(lanes.indexOf(lane.value) + by + lanes.length) % lanes.length];
    if (next) showLane(next);
  }

  return { lists, queueIds, lane, filter, shown, chosen, choose, step, showLane, stepLane };
}

export type UseQueue = ReturnType<typeof useQueue>;
