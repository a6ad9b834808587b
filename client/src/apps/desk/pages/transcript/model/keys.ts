export type KeyAction =
  | 'play'
  | 'back'
  | 'forward'
  | 'slower'
  | 'faster'
  | 'film'
  | 'nextLow'
  | 'previousLow'
  | 'nextLine'
  | 'previousLine'
  | 'edit'
  | 'save'
  | 'saveNext'
  | 'split'
  | 'merge'
  | 'attribute'
  | 'redact'
  | 'remove'
  | 'undo'
  | 'search'
  | 'replace'
  | 'help'
  | 'leave';

interface Binding {
  action: KeyAction;
  /** `KeyboardEvent.key`, in lower case. */
  key: string;
  ctrl?: boolean;
  alt?: boolean;
  shift?: boolean;
  /** Works while a person types in a field too. */
  everywhere?: boolean;
  /** A second way to what another binding says: the help leaves it out. */
  also?: boolean;
  /** How a keyboard names it, where `key` does not say it. */
  shown?: string;
}

/**
 * Every key of the editor; the help lists them from here. What a stenographer's foot pedal sends,
 * F4 and F7, is as in the programs that they know.
 */
export const bindings: readonly Binding[] = [
  { action: 'play', key: 'f4', everywhere: true },
  { action: 'play', key: ' ', also: true },
  { action: 'back', key: 'f7', everywhere: true },
  { action: 'back', key: 'arrowleft', also: true },
  { action: 'forward', key: 'f8', everywhere: true },
  { action: 'forward', key: 'arrowright', also: true },
  { action: 'slower', key: '-', alt: true, everywhere: true, shown: 'Alt + -' },
  { action: 'faster', key: '=', alt: true, everywhere: true, shown: 'Alt + =' },
  { action: 'film', key: 'f' },
  { action: 'nextLow', key: 'f9', everywhere: true },
  { action: 'previousLow', key: 'f9', shift: true, everywhere: true, shown: 'Shift + F9' },
  { action: 'nextLine', key: 'j' },
  { action: 'nextLine', key: 'arrowdown', also: true },
  { action: 'nextLine', key: 'arrowdown', alt: true, everywhere: true, shown: 'Alt + ↓' },
  { action: 'previousLine', key: 'k' },
  { action: 'previousLine', key: 'arrowup', also: true },
  { action: 'previousLine', key: 'arrowup', alt: true, everywhere: true, shown: 'Alt + ↑' },
  { action: 'edit', key: 'enter', shown: 'Enter' },
  { action: 'save', key: 's', ctrl: true, everywhere: true, shown: 'Ctrl + S' },
  { action: 'saveNext', key: 'enter', ctrl: true, everywhere: true, shown: 'Ctrl + Enter' },
  { action: 'split', key: 'enter', alt: true, everywhere: true, shown: 'Alt + Enter' },
  { action: 'merge', key: 'm', alt: true, everywhere: true, shown: 'Alt + M' },
  { action: 'attribute', key: 'n', alt: true, everywhere: true, shown: 'Alt + N' },
  { action: 'redact', key: 'r', alt: true, everywhere: true, shown: 'Alt + R' },
  { action: 'remove', key: 'delete', shown: 'Delete' },
  { action: 'undo', key: 'z', alt: true, everywhere: true, shown: 'Alt + Z' },
  { action: 'search', key: '/' },
  { action: 'replace', key: 'h', ctrl: true, everywhere: true, shown: 'Ctrl + H' },
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

/** Where a sign stands on the keyboard, shifted or not, is the keyboard's matter. */
const sign = /^[^a-z0-9\s]$/;

/** The action of a keystroke; inside a field only those that mean nothing to it. */
export function actionOf(stroke: Keystroke, inField: boolean): KeyAction | null {
  if (stroke.isComposing || stroke.metaKey) return null;
  const key = stroke.key.toLowerCase();
  const found = bindings.find(
    (binding) =>
      binding.key === key &&
      (binding.ctrl ?? false) === stroke.ctrlKey &&
      (binding.alt ?? false) === stroke.altKey &&
      (sign.test(key) || (binding.shift ?? false) === stroke.shiftKey),
  );
  return found && (found.everywhere || !inField) ? found.action : null;
}

/** The binding's key as it stands on a keyboard. */
export function shownKey({ key, shown }: Pick<Binding, 'key' | 'shown'>): string {
  return shown ?? key.toUpperCase();
}

/** The first key of an action. */
export function keyFor(action: KeyAction): string {
  return shownKey(bindings.find((binding) => binding.action === action)!);
}
