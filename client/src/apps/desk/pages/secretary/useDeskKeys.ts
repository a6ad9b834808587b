import { useEventListener } from '@vueuse/core';
import type { DeskQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { actionOf } from './model/keys.ts';
import type { KeyAction } from './model/keys.ts';
import type { useDesk } from './useDesk.ts';

const repeatable: ReadonlySet<KeyAction> = new Set([
  'next',
  'previous',
  'selectNext',
  'selectPrevious',
  'moveUp',
  'moveDown',
]);

export type Place =
  'search' | 'wording' | 'field' | 'dispositions' | 'note' | 'transcript' | 'bulkDispositions';

/** What only the page can do: bring a place into focus, open the help, leave what is open. */
export interface Places {
  focus(place: Place): void;
  help(): void;
  leave(): void;
  speakAs(speaker: 'turn' | 'host'): void;
}

/** The whole page by keyboard, while it is open. */
export function useDeskKeys(desk: ReturnType<typeof useDesk>, places: Places): void {
  const onChosen = (does: (question: DeskQuestionFact) => unknown) => () => {
    if (desk.chosen.value) void does(desk.chosen.value);
  };
  /** What is selected goes first; with nothing selected, the one that is open. */
  const onSelected =
    (
      all: (questions: readonly DeskQuestionFact[]) => unknown,
      one: (question: DeskQuestionFact) => unknown,
    ) =>
    () => {
      const { selected } = desk;
      if (selected.value.length > 0) void all(selected.value);
      else onChosen(one)();
    };
  const urgencyForAll = (questions: readonly DeskQuestionFact[]) =>
    desk.setUrgency(
      questions,
      questions.every(({ urgency }) => urgency === 'urgent') ? 'normal' : 'urgent',
    );
  const actions: Record<KeyAction, () => unknown> = {
    next: () => desk.step(1),
    previous: () => desk.step(-1),
    nextLane: () => desk.stepLane(1),
    previousLane: () => desk.stepLane(-1),
    select: onChosen(({ id }) => desk.toggle(id)),
    selectNext: () => desk.selectStep(1),
    selectPrevious: () => desk.selectStep(-1),
    selectAll: desk.selectAll,
    search: () => places.focus('search'),
    accept: onSelected(desk.acceptAll, desk.accept),
    return: onSelected(desk.giveBackAll, desk.giveBack),
    merge: onSelected(
      desk.merge,
      (question) => desk.allowed(question).merge && desk.merge([question]),
    ),
    edit: () => places.focus('wording'),
    field: () => places.focus('field'),
    urgency: onSelected(urgencyForAll, desk.toggleUrgency),
    pin: onChosen(desk.pin),
    moveUp: onChosen((question) => desk.moveBy(question, 'up')),
    moveDown: onChosen((question) => desk.moveBy(question, 'down')),
    moveTop: onChosen((question) => desk.moveBy(question, 'top')),
    prepare: onChosen(desk.prepare),
    release: onChosen(desk.release),
    call: onChosen(desk.call),
    end: desk.endTurn,
    dispose: onSelected(
      () => places.focus('bulkDispositions'),
      () => places.focus('dispositions'),
    ),
    note: () => places.focus('note'),
    intake: () => (desk.isTakingIn.value = true),
    undo: () => desk.notices.undoLast(),
    transcript: () => places.focus('transcript'),
    speakerHall: () => places.speakAs('turn'),
    speakerHost: () => places.speakAs('host'),
    help: places.help,
    leave: places.leave,
  };

  useEventListener(document, 'keydown', (event) => {
    const target = event.target as HTMLElement;
    // A dialog has the keyboard for itself.
    if (event.defaultPrevented || target.closest('[role="dialog"]')) return;
    const inField = target.matches('input, textarea, select, [contenteditable="true"]');
    const action = actionOf(event, inField);
    if (!action) return;
    event.preventDefault();
    // A key held down goes on through the list, and decides once.
    if (event.repeat && !repeatable.has(action)) return;
    void actions[action]();
  });
}
