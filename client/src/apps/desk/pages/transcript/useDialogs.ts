import { useOverlay } from '@nuxt/ui/composables';
import { inject, provide } from 'vue';
import type { InjectionKey } from 'vue';
import type { Line } from './model/line.ts';
import AttributeDialog from './parts/AttributeDialog.vue';
import DownloadDialog from './parts/DownloadDialog.vue';
import HistoryDialog from './parts/HistoryDialog.vue';
import KeysDialog from './parts/KeysDialog.vue';
import RedactDialog from './parts/RedactDialog.vue';
import ReplaceDialog from './parts/ReplaceDialog.vue';
import VersionsDialog from './parts/VersionsDialog.vue';
import VocabularyDialog from './parts/VocabularyDialog.vue';
import { cursorIn, selectedIn } from './selection.ts';
import type { Editor } from './useEditor.ts';

function createDialogs(editor: Editor) {
  const overlay = useOverlay();
  const { store, lineOf } = editor;

  async function attribute(line: Line): Promise<void> {
    const dialog = overlay.create(AttributeDialog, { destroyOnClose: true });
    const to = await dialog.open({
      line,
      turns: [...store.desk.turns.values()],
      questions: store.desk.questions,
    }).result;
    const now = lineOf(line.id);
    if (to && now) await editor.attribute(now, to);
  }

  /** Which words: those that are selected, or the one that one is at; the dialog may add to them. */
  async function redact(line: Line): Promise<void> {
    const selected = selectedIn(line.id);
    const isSaved = await editor.save(line);
    const now = lineOf(line.id);
    if (!isSaved || !now) return;
    const dialog = overlay.create(RedactDialog, { destroyOnClose: true });
    const asked = await dialog.open({ line: now, selected, word: editor.cursor.value }).result;
    if (!asked) return;
    const { unredact, spans, reason } = asked;
    if (unredact !== null) await editor.unredact(lineOf(line.id) ?? now, unredact);
    else await editor.redact(now, spans, reason);
  }

  async function history(line: Line): Promise<void> {
    const dialog = overlay.create(HistoryDialog, { destroyOnClose: true });
    const { dialogueId, mayEdit } = editor;
    const text = await dialog.open({ line, dialogueId, mayRestore: mayEdit.value }).result;
    if (text) await editor.rewrite(line, text);
  }

  return {
    attribute,
    redact,
    history,
    download: () => void overlay.create(DownloadDialog, { destroyOnClose: true }).open({ editor }),
    help: () => void overlay.create(KeysDialog, { destroyOnClose: true }).open(),
    replace: () => void overlay.create(ReplaceDialog, { destroyOnClose: true }).open({ editor }),
    versions: () => void overlay.create(VersionsDialog, { destroyOnClose: true }).open({ editor }),
    vocabulary: () =>
      void overlay.create(VocabularyDialog, { destroyOnClose: true }).open({ editor }),
    /** Where the cursor stands in the line that is typed in; `null` when none is. */
    cursorInText: () =>
      editor.isTyping.value && editor.chosenId.value ? cursorIn(editor.chosenId.value) : null,
  };
}

type Dialogs = ReturnType<typeof createDialogs>;
const dialogsKey: InjectionKey<Dialogs> = Symbol('transcript dialogs');

/** What is asked before something is done; an overlay stands outside the page, and is given it. */
export function provideDialogs(editor: Editor): Dialogs {
  const dialogs = createDialogs(editor);
  provide(dialogsKey, dialogs);
  return dialogs;
}

/** The dialogs of the page around this component. */
export function useDialogs(): Dialogs {
  const dialogs = inject(dialogsKey);
  if (!dialogs) throw new Error('No transcript editor around this component');
  return dialogs;
}
