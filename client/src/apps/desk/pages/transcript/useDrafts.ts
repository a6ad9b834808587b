import { useSessionStorage } from '@vueuse/core';
import { computed } from 'vue';
import { drafted, isChange, isConflict, rebased } from './model/draft.ts';
import type { LineDraft } from './model/draft.ts';
import type { Line } from './model/line.ts';

/**
 * What was typed into lines and does not stand yet, by line. It outlives a reload: until the server
 * has said that it stands, the only copy is here.
 */
export function useDrafts(dialogueId: string, lineOf: (id: string) => Line | undefined) {
  const kept = useSessionStorage<Record<string, LineDraft>>(
    `nhip-cau.transcript-drafts:${dialogueId}`,
    {},
  );

  function forget(id: string): void {
    const { [id]: _gone, ...rest } = kept.value;
    kept.value = rest;
  }

  function set(id: string, draft: LineDraft | undefined): void {
    if (draft) kept.value = { ...kept.value, [id]: draft };
    else forget(id);
  }

  function type(line: Line, text: string): void {
    const draft = drafted(kept.value[line.id], line, text);
    set(line.id, isChange(draft, line) || isConflict(draft, line) ? draft : keptEmpty(draft, line));
  }

  /** A draft of the line as it stands now, with the words that were typed: they go over the other's. */
  function keepOwn(line: Line): void {
    const draft = kept.value[line.id];
    if (draft) set(line.id, rebased(draft, line));
  }

  const conflictOf = (line: Line) => {
    const draft = kept.value[line.id];
    return draft && isConflict(draft, line) ? draft : null;
  };

  /** Lines with something to save. */
  const unsaved = computed(
    () =>
      new Set(
        Object.entries(kept.value)
          .filter(([id, draft]) => {
            const line = lineOf(id);
            return line && isChange(draft, line);
          })
          .map(([id]) => id),
      ),
  );

  return { of: (id: string) => kept.value[id], type, keepOwn, forget, conflictOf, unsaved };
}

/** Typed back to what stands: nothing is left to keep, unless all of it was deleted meanwhile. */
function keptEmpty(draft: LineDraft, line: Line): LineDraft | undefined {
  return draft.text === line.text ? undefined : draft;
}

export type UseDrafts = ReturnType<typeof useDrafts>;
