import { computed, shallowRef, watch } from 'vue';
import type { Line } from './model/line.ts';
import type { TranscriptSource } from './useSource.ts';

/** What the certified version holds, while one stands: lines that came later belong to the next. */
export function useVersion({ status, readWhole }: TranscriptSource) {
  /** Position of the last line that was certified. */
  const last = shallowRef<number | null>(null);
  const certified = computed(() =>
    status.value?.state === 'certified' ? status.value.version : null,
  );

  watch(
    certified,
    async (version) => {
      last.value = null;
      if (version === null) return;
      try {
        const { lines } = await readWhole({ version: String(version) });
        if (certified.value === version) {
          last.value = Math.max(0, ...lines.map(({ position }) => position));
        }
      } catch {
        // Then no line is marked as newer; the version's own text is in its files.
      }
    },
    { immediate: true },
  );

  return { isAfter: (line: Line) => last.value !== null && line.position > last.value };
}
