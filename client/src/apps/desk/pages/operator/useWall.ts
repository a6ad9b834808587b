import { isConnected } from '@nhip-cau/shared/model/alarms';
import { refDebounced, useLocalStorage } from '@vueuse/core';
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { finder } from '../../parts/search.ts';
import { unreadOf } from '../../live/line/unread.ts';
import { messagesByHall } from './model/messages.ts';
import { inWallOrder, wallTiles } from './model/tiles.ts';
import { arrange, countTiles, picturePage, shownTiles } from './model/wall.ts';
import type { WallFilter } from './model/wall.ts';

/** Typing settles before the wall is arranged anew, in ms. */
const typingMs = 120;

/** What the wall shows: tiles, their order, the page of pictures, and the hall that is open. */
export function useWall(store: ReturnType<typeof useDialogueStore>, dialogueId: string) {
  const filter = ref<WallFilter>('all');
  const sought = ref('');
  const settled = refDebounced(sought, typingMs);
  const chosenId = ref<string | null>(null);
  const hasPictures = ref(false);
  const page = ref(0);
  const seen = reactive(new Set<string>());
  /** How far this operator has read each hall's messages. */
  const read = useLocalStorage<Record<string, number>>(`nhip-cau.lines:${dialogueId}`, {});

  watch(
    () => store.signals.presence,
    (presence) => {
      for (const [id, one] of Object.entries(presence)) if (isConnected(one)) seen.add(id);
    },
    { immediate: true },
  );

  const messages = computed(() => messagesByHall(store.desk.lineMessages.values()));
  const unread = computed(
    () =>
      new Map(
        [...messages.value].map(([id, all]) => [id, unreadOf(all, 'desk', read.value[id] ?? 0)]),
      ),
  );
  const ringing = computed(
    () =>
      new Set(
        [...store.desk.lines.values()]
          .filter(({ state, rungBy }) => state === 'ringing' && rungBy === 'hall')
          .map(({ id }) => id),
      ),
  );
  // Names change seldom, signals each second.
  const bridgePoints = computed(() => inWallOrder(store.desk.bridgePoints.values()));
  const tiles = computed(() =>
    wallTiles({
      bridgePoints: bridgePoints.value,
      presence: store.signals.presence,
      health: store.signals.health,
      stage: store.stage,
      dialogue: store.dialogue?.state ?? 'draft',
      equipment: store.desk.equipment,
      readiness: store.desk.readiness,
      unread: unread.value,
      ringing: ringing.value,
      seen,
    }),
  );
  const counts = computed(() => countTiles(tiles.value));
  const groups = computed(() => arrange(tiles.value));
  const shown = computed(() => shownTiles(tiles.value, filter.value, finder(settled.value)));
  const pictures = computed(() => picturePage(groups.value, shown.value, page.value));
  const chosen = computed(() => tiles.value.find(({ id }) => id === chosenId.value) ?? null);
  const watches = shallowRef<readonly string[]>([]);

  watch(
    () => {
      const ids = hasPictures.value ? [...pictures.value.ids] : [];
      const { id, hasCamera } = chosen.value ?? {};
      if (id && hasCamera && !ids.includes(id)) ids.push(id);
      return ids.join();
    },
    (ids) => (watches.value = ids === '' ? [] : ids.split(',')),
    { immediate: true },
  );
  watch([filter, settled], () => (page.value = 0));

  function markRead(id: string): void {
    const last = messages.value.get(id)?.at(-1)?.position;
    if (last !== undefined && read.value[id] !== last) read.value = { ...read.value, [id]: last };
  }

  return {
    tiles,
    counts,
    groups,
    shown,
    filter,
    sought,
    chosen,
    chosenId,
    hasPictures,
    pictures,
    watches,
    messagesOf: (id: string) => messages.value.get(id) ?? [],
    choose(id: string | null) {
      chosenId.value = id;
      if (id !== null) markRead(id);
    },
    turnPage: (by: number) => (page.value = pictures.value.page + by),
    markRead,
  };
}

export type UseWall = ReturnType<typeof useWall>;
