import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { computed, onScopeDispose, ref, shallowRef, toRaw, watch } from 'vue';
import { useNow } from '../../../../composables/useClock.ts';
import { useSettled } from '../../../../composables/useSettled.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { LaneIndex, lanes } from './model/lanes.ts';
import type { Lane } from './model/lanes.ts';
import { noFilter, RepeatedFilter, warm } from './model/search.ts';
import type { Filter } from './model/search.ts';
import { allToggled, extended, nothingSelected, toggled } from './model/selection.ts';

/** What one pause of the page may give to folding ahead, in ms. */
const warmMs = 8;
const pauseMs = 50;
/** What others do moves the lanes at most this often, in ms. */
const settleMs = 150;
const ageless = { now: 0, staleMinutes: 0 };

/**
 * The lanes, the list that is shown of one of them, the question chosen in it and those selected
 * for a step together. When the chosen one leaves the lane the next takes its place, unless `holds`
 * says that somebody works on it.
 */
export function useQueue(store: ReturnType<typeof useDialogueStore>, holds: () => boolean) {
  const index = new LaneIndex();
  const { value: lists, settle } = useSettled(() => {
    const { questions } = store.desk;
    // The size follows every change of the map; going through it itself would watch each entry.
    void questions.size;
    return index.update(
      toRaw(questions),
      store.stage?.onDeck.map(({ questionId }) => questionId) ?? [],
      store.desk.order.map(({ id }) => id),
    );
  }, settleMs);
  // What one does oneself is seen at once.
  onScopeDispose(store.onSettled(settle));
  const scheduled = computed(() => lists.value.scheduled);
  const accepted = computed(() => lists.value.accepted);
  const queueIds = computed(() => [...scheduled.value, ...accepted.value].map(({ id }) => id));
  const places = computed(
    () => new Map(store.desk.order.map(({ id, reason }, at) => [id, { place: at + 1, reason }])),
  );
  const lane = ref<Lane>('incoming');
  const inLane = computed(() => lists.value[lane.value]);
  const filter = shallowRef<Filter>(noFilter);
  const now = useNow({ intervalMs: 30_000 });
  const clock = computed(() => ({
    now: now.value,
    staleMinutes: store.dialogue?.rules.staleMinutes ?? Infinity,
  }));
  // Only a filter by age grows out of date by itself.
  const filterClock = computed(() => (filter.value.age === null ? ageless : clock.value));
  const filtering = new RepeatedFilter();
  const shown = computed(() => filtering.run(inLane.value, filter.value, filterClock.value));
  const shownIds = computed(() => shown.value.map(({ id }) => id));
  const chosenId = ref<string | null>(null);
  const chosen = computed<DeskQuestionFact | null>(
    () => (chosenId.value && store.desk.questions.get(chosenId.value)) || null,
  );
  const selection = shallowRef(nothingSelected);
  const selected = computed(() => {
    const { ids } = selection.value;
    return ids.size === 0 ? [] : shown.value.filter(({ id }) => ids.has(id));
  });

  watch(shown, (list, before) => {
    if (chosenId.value === null || holds()) return;
    if (list.some(({ id }) => id === chosenId.value)) return;
    const place = before.findIndex(({ id }) => id === chosenId.value);
    chosenId.value = list[Math.min(Math.max(place, 0), list.length - 1)]?.id ?? null;
  });
  watch(inLane, (list) => {
    const { ids, anchorId } = selection.value;
    if (ids.size === 0) return;
    const left = new Set(list.map(({ id }) => id).filter((id) => ids.has(id)));
    if (left.size < ids.size) selection.value = { ids: left, anchorId };
  });

  let warmed = 0;
  const warmer = setInterval(() => {
    const { all } = lists.value;
    warmed = warmed > all.length ? 0 : warm(all, warmed, warmMs);
  }, pauseMs);
  onScopeDispose(() => clearInterval(warmer));

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
    selection.value = nothingSelected;
    chosenId.value = shown.value[0]?.id ?? null;
  }

  function stepLane(by: number): void {
    const next = lanes[(lanes.indexOf(lane.value) + by + lanes.length) % lanes.length];
    if (next) showLane(next);
  }

  /** Shows a question wherever it stands. */
  function show(id: string): void {
    if (!shown.value.some((one) => one.id === id)) {
      filter.value = noFilter;
      lane.value = lanes.find((name) => lists.value[name].some((one) => one.id === id)) ?? 'all';
      selection.value = nothingSelected;
    }
    chosenId.value = id;
  }

  const toggle = (id: string) => (selection.value = toggled(selection.value, id));
  const extendTo = (id: string) =>
    (selection.value = extended(selection.value, shownIds.value, id));

  /** Goes on down or up the list and selects on the way. */
  function selectStep(by: number): void {
    if (chosenId.value !== null) extendTo(chosenId.value);
    step(by);
    if (chosenId.value !== null) extendTo(chosenId.value);
  }

  return {
    lists,
    queueIds,
    places,
    lane,
    inLane,
    filter,
    clock,
    shown,
    chosen,
    selection,
    selected,
    choose,
    show,
    step,
    showLane,
    stepLane,
    toggle,
    extendTo,
    selectStep,
    selectAll: () => (selection.value = allToggled(selection.value, shownIds.value)),
    selectNone: () => (selection.value = nothingSelected),
  };
}

export type UseQueue = ReturnType<typeof useQueue>;
