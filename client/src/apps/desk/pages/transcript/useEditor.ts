import { computed, inject, markRaw, nextTick, provide, ref, shallowRef, watch } from 'vue';
import type { InjectionKey, Ref } from 'vue';
import { useSessionStore } from '../../../../stores/session.ts';
import type { useDialogueStore } from '../../../../stores/dialogue.ts';
import { filterLines, noFilter } from './model/filter.ts';
import type { Filter } from './model/filter.ts';
import type { Line } from './model/line.ts';
import { stepLow } from './model/low-words.ts';
import { useDrafts } from './useDrafts.ts';
import { useEditing } from './useEditing.ts';
import { useEdits } from './useEdits.ts';
import { useLineActs } from './useLineActs.ts';
import { useFilm } from './useFilm.ts';
import { usePlayer } from './usePlayer.ts';
import type { Access } from './useAccess.ts';
import { useVersion } from './useVersion.ts';
import { useWords } from './useWords.ts';
import type { TranscriptSource } from './useSource.ts';

export interface EditorOptions {
  store: ReturnType<typeof useDialogueStore>;
  dialogueId: string;
  access: Access;
  source: TranscriptSource;
}

function createEditor({ store, dialogueId, access, source }: EditorOptions) {
  const session = useSessionStore();
  const { lines, byId, status } = source;
  const lineOf = (id: string) => byId.value.get(id);
  const mayEdit = computed(() => access.edit && status.value?.state === 'draft');
  const drafts = useDrafts(dialogueId, lineOf);
  const edits = useEdits(store, lineOf, () => mayEdit.value);
  const words = useWords(source.readLines);
  const version = useVersion(source);
  const addressOf = (runId: string) =>
    `/api/dialogues/${dialogueId}/speech/${runId}.wav?${new URLSearchParams({ principal: session.principal ?? '' })}`;
  const player = usePlayer({ lines, words, addressOf });
  const film = useFilm(dialogueId, access.watch);

  const filter = ref<Filter>(noFilter);
  const shown = computed(() => filterLines(lines.value, filter.value, drafts.unsaved.value));
  const chosenId = shallowRef<string | null>(null);
  const chosen = computed(() => (chosenId.value && lineOf(chosenId.value)) || null);
  /** Which word of the chosen line one is at: the last clicked, or the doubtful one stepped to. */
  const cursor = ref<number | null>(null);
  /** Whether the chosen line is being typed in. */
  const isTyping = ref(false);
  const openId = computed(() => (mayEdit.value ? chosenId.value : null)) as Ref<string | null>;
  const { editorsOf } = useEditing(store, openId);

  function choose(id: string | null, word: number | null = null): void {
    if (id !== chosenId.value) isTyping.value = false;
    chosenId.value = id;
    cursor.value = word;
  }

  /** Goes on among the shown lines; from the line that one hears, when none is chosen. */
  function step(by: number): Line | null {
    const from = chosenId.value ?? player.spoken.value?.line.id;
    const at = shown.value.findIndex(({ id }) => id === from);
    const next = shown.value[Math.min(Math.max(at + by, 0), shown.value.length - 1)];
    if (next) choose(next.id);
    return next ?? null;
  }

  async function goToLow(by: 1 | -1): Promise<void> {
    const from = chosenId.value === null ? null : { lineId: chosenId.value, word: cursor.value };
    const place = stepLow(shown.value, from, by);
    if (!place) return;
    const wasTyping = isTyping.value;
    choose(place.lineId, place.word);
    await nextTick();
    if (wasTyping) isTyping.value = true;
    const line = lineOf(place.lineId);
    if (line) player.playFrom(line, place.word);
  }

  // Whoever listens to the line that they are at goes on with the sound, unless they type.
  watch(
    () => (player.isPlaying.value ? player.spoken.value?.line.id : undefined),
    (id, before) => {
      if (id && before && before === chosenId.value && !isTyping.value) choose(id);
    },
  );

  const acts = useLineActs({ drafts, edits, lineOf, shown, chosen, cursor, isTyping, mayEdit });

  // Dialogs stand outside the page: they are given it as it is.
  return markRaw({
    store,
    dialogueId,
    access,
    ...source,
    lineOf,
    drafts,
    words,
    version,
    edits,
    player,
    film,
    filter,
    shown,
    chosenId,
    chosen,
    cursor,
    isTyping,
    mayEdit,
    editorsOf,
    choose,
    step,
    goToLow,
    ...acts,
  });
}

export type Editor = ReturnType<typeof createEditor>;
const editorKey: InjectionKey<Editor> = Symbol('transcript editor');

/** The page's editor; its components take it by `useEditor`. */
export function provideEditor(options: EditorOptions): Editor {
  const editor = createEditor(options);
  provide(editorKey, editor);
  return editor;
}

/** The editor of the page around this component. */
export function useEditor(): Editor {
  const editor = inject(editorKey);
  if (!editor) throw new Error('No transcript editor around this component');
  return editor;
}
