import { useEventListener } from '@vueuse/core';
import type { Line } from './model/line.ts';
import { actionOf } from './model/keys.ts';
import type { KeyAction } from './model/keys.ts';
import type { useDialogs } from './useDialogs.ts';
import type { Editor } from './useEditor.ts';

const repeatable: ReadonlySet<KeyAction> = new Set(['nextLine', 'previousLine', 'back', 'forward']);
const skipMs = 3_000;

/** The whole editor by keyboard, while its page is open. */
export function useEditorKeys(
  editor: Editor,
  dialogs: ReturnType<typeof useDialogs>,
  focusSearch: () => void,
): void {
  const { player, film, chosen, isTyping, mayEdit } = editor;
  const onChosen = (does: (line: Line) => unknown) => () => {
    if (chosen.value && mayEdit.value) void does(chosen.value);
  };
  /** To another line, typing on where one typed. */
  function stepTyping(by: number): void {
    const wasTyping = isTyping.value;
    editor.step(by);
    if (wasTyping) editor.startTyping();
  }
  const actions: Record<KeyAction, () => unknown> = {
    play: () => player.toggle(chosen.value),
    back: () => player.skip(-skipMs),
    forward: () => player.skip(skipMs),
    slower: player.slower,
    faster: player.faster,
    film: () => chosen.value && film.show(chosen.value),
    nextLow: () => editor.goToLow(1),
    previousLow: () => editor.goToLow(-1),
    nextLine: () => stepTyping(1),
    previousLine: () => stepTyping(-1),
    edit: editor.startTyping,
    save: onChosen(editor.save),
    saveNext: onChosen((line) => {
      void editor.save(line);
      stepTyping(1);
    }),
    split: onChosen((line) => editor.split(line, dialogs.cursorInText())),
    merge: onChosen(editor.merge),
    attribute: onChosen(dialogs.attribute),
    redact: onChosen(dialogs.redact),
    remove: onChosen((line) => (line.isRemoved ? editor.restore(line) : editor.remove(line))),
    undo: () => mayEdit.value && editor.edits.undoLast(),
    search: focusSearch,
    replace: () => mayEdit.value && dialogs.replace(),
    help: dialogs.help,
    leave: () => {
      const active = document.activeElement;
      if (isTyping.value) isTyping.value = false;
      else if (active instanceof HTMLElement && active.matches('input, select')) active.blur();
      else if (film.asked.value) film.hide();
      else editor.choose(null);
    },
  };

  useEventListener(document, 'keydown', (event) => {
    const target = event.target as HTMLElement;
    // A dialog, a menu, or the film has the keyboard for itself.
    if (event.defaultPrevented || target.closest('[role="dialog"], [role="menu"], video')) return;
    const inField = target.matches('input, textarea, select, [contenteditable="true"]');
    const action = actionOf(event, inField);
    if (!action) return;
    // A button is pressed by these keys.
    const presses = event.key === ' ' || event.key === 'Enter';
    if (presses && !event.ctrlKey && !event.altKey && target.closest('a, button')) return;
    event.preventDefault();
    if (event.repeat && !repeatable.has(action)) return;
    void actions[action]();
  });
}
