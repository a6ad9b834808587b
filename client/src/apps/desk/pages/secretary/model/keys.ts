export type KeyAction =
  | 'next'
  | 'previous'
  | 'selectNext'
  | 'selectPrevious'
  | 'select'
  | 'selectAll'
  | 'search'
  | 'accept'
  | 'return'
  | 'merge'
  | 'edit'
  | 'field'
  | 'urgency'
  | 'pin'
  | 'prepare'
  | 'release'
  | 'call'
  | 'end'
  | 'dispose'
  | 'moveUp'
  | 'moveDown'
  | 'moveTop'
  | 'note'
  | 'intake'
  | 'undo'
  | 'transcript'
  | 'speakerHall'
  | 'speakerHost'
  | 'nextLane'
  | 'previousLane'
  | 'help'
  | 'leave';

interface Binding {
  action: KeyAction;
  /** `KeyboardEvent.key`, in lower case. */
  key: string;
  alt?: boolean;
  shift?: boolean;
  /** Works while a person types in a field too. */
  everywhere?: boolean;
  /** How a keyboard names it, where `key` does not say it. */
  shown?: string;
}

/** Every key of the secretary's page; the help lists them from here. */
export const bindings: readonly Binding[] = [
  { action: 'next', key: 'j' },
  { action: 'previous', key: 'k' },
  { action: 'nextLane', key: ']' },
  { action: 'previousLane', key: '[' },
  { action: 'search', key: '/' },
  { action: 'select', key: 'x' },
  { action: 'selectNext', key: 'j', shift: true, shown: 'Shift + J' },
  { action: 'selectPrevious', key: 'k', shift: true, shown: 'Shift + K' },
  { action: 'selectAll', key: 'x', shift: true, shown: 'Shift + X' },
  { action: 'accept', key: 'a' },
  { action: 'return', key: 'r' },
  { action: 'merge', key: 'm' },
  { action: 'edit', key: 'w' },
  { action: 'field', key: 'f' },
  { action: 'urgency', key: 'i' },
  { action: 'pin', key: 'p' },
  { action: 'moveUp', key: 'arrowup', alt: true, shown: 'Alt + ↑' },
  { action: 'moveDown', key: 'arrowdown', alt: true, shown: 'Alt + ↓' },
  { action: 'moveTop', key: 'pageup', alt: true, shown: 'Alt + PgUp' },
  { action: 'prepare', key: 'd' },
  { action: 'release', key: 'o' },
  { action: 'call', key: 'c' },
  { action: 'end', key: 'e' },
  { action: 'dispose', key: 'h' },
  { action: 'note', key: 'g' },
  { action: 'intake', key: 'n' },
  { action: 'undo', key: 'u' },
  { action: 'transcript', key: 't' },
  { action: 'speakerHall', key: 'f8', everywhere: true },
  { action: 'speakerHost', key: 'f9', everywhere: true },
  { action: 'help', key: '?' },
  { action: 'leave', key: 'escape', everywhere: true, shown: 'Esc' },
];

export interface Keystroke {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  isComposing: boolean;
}

const letter = /^[a-z]$/;

/** The action of a keystroke; inside a field only those that mean nothing to it. */
export function actionOf(stroke: Keystroke, inField: boolean): KeyAction | null {
  if (stroke.isComposing || stroke.metaKey || stroke.ctrlKey) return null;
  const key = stroke.key.toLowerCase();
  const found = bindings.find(
    (binding) =>
      binding.key === key &&
      (binding.alt ?? false) === stroke.altKey &&
      // Where a sign stands on the keyboard is the keyboard's matter.
      (!letter.test(key) || (binding.shift ?? false) === stroke.shiftKey),
  );
  return found && (found.everywhere || !inField) ? found.action : null;
}

/** The binding's key as it stands on a keyboard. */
export function shownKey({ key, shown }: Binding): string {
  return shown ?? key.toUpperCase();
}
