import { isTooLong, maxReplaced } from '@nhip-cau/shared/model/transcript';
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { changesOf, findAll, keyOf } from './model/find.ts';
import type { Hit } from './model/find.ts';
import type { Editor } from './useEditor.ts';

/**
 * What is sought in all lines and by what it is to be replaced, hit by hit, before anything is. The
 * hits follow the lines: what somebody else changes meanwhile is found anew.
 */
export function useReplace({ lines, drafts, edits }: Editor) {
  const sought = ref('');
  const replacement = ref('');
  const options = reactive({ matchCase: false, matchMarks: true, wholeWords: true });
  /** Hits that are left as they are. */
  const spared = shallowRef<ReadonlySet<string>>(new Set());
  const isBusy = ref(false);

  const present = computed(() => lines.value.filter(({ isRemoved }) => !isRemoved));
  const hits = computed(() => findAll(present.value, sought.value, options));
  const byLine = computed(() => {
    const found = Map.groupBy(hits.value, ({ lineId }) => lineId);
    return present.value.flatMap((line) => {
      const own = found.get(line.id);
      return own ? [{ line, hits: own, isOpen: drafts.unsaved.value.has(line.id) }] : [];
    });
  });
  const chosen = computed(() =>
    byLine.value
      .filter(({ isOpen }) => !isOpen)
      .flatMap((group) => group.hits)
      .filter((hit) => !spared.value.has(keyOf(hit))),
  );
  const changes = computed(() => changesOf(present.value, chosen.value, replacement.value));
  watch([sought, options], () => (spared.value = new Set()));

  function spare(some: readonly Hit[], isSpared: boolean): void {
    const next = new Set(spared.value);
    for (const hit of some) {
      if (isSpared) next.add(keyOf(hit));
      else next.delete(keyOf(hit));
    }
    spared.value = next;
  }

  /** All or none; resolves to whether it stands. */
  async function replace(done: string): Promise<boolean> {
    isBusy.value = true;
    try {
      const payload = { changes: changes.value };
      return await edits.run('transcript.replace', payload, { about: 'replace', done });
    } finally {
      isBusy.value = false;
    }
  }

  return {
    sought,
    replacement,
    options,
    hits,
    byLine,
    chosen,
    changes,
    isBusy,
    isTooMuch: computed(
      () => changes.value.length > maxReplaced || isTooLong(changes.value.map(({ text }) => text)),
    ),
    isSpared: (hit: Hit) => spared.value.has(keyOf(hit)),
    spare,
    replace,
  };
}

export type UseReplace = ReturnType<typeof useReplace>;
