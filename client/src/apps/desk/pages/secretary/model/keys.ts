export type KeyAction =
  | 'next'
  | 'previous'
  | 'search'
  | 'accept'
  | 'return'
  | 'edit'
  | 'prepare'
  | 'release'
  | 'call'
  | 'end'
  | 'dispose'
  | 'moveUp'
  | 'moveDown'
  | 'moveTop'
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
  { action: 'accept', key: 'a' },
  { action: 'return', key: 'r' },
  { action: 'edit', key: 'w' },
  { action: 'moveUp', key: 'arrowup', alt: true, shown: 'Alt + ↑' },
  { action: 'moveDown', key: 'arrowdown', alt: true, shown: 'Alt + ↓' },
  { action: 'moveTop', key: 'pageup', alt: true, shown: 'Alt + PgUp' },
  { action: 'prepare', key: 'd' },
  { action: 'release', key: 'x' },
  { action: 'call', key: 'c' },
  { action: 'end', key: 'e' },
  { action: 'dispose', key: 'h' },
  { action: 'undo', key: 'z' },
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
  isComposing: boolean;
}

/** The action of a keystroke; inside a field only those that mean nothing to it. */
export function actionOf(stroke: Keystroke, inField: boolean): KeyAction | null {
  if (stroke.isComposing || stroke.metaKey) return null;
  const key = stroke.key.toLowerCase();
  const found = bindings.find(
    (binding) => binding.key === key && (binding.alt ?? false) === stroke.altKey && !stroke.ctrlKey,
  );
  return found && (found.everywhere || !inField) ? found.action : null;
}

/** The binding's key as it stands on a keyboard. */
export function shownKey({ key, shown }: Binding): string {
  return shown ?? key.toUpperCase();
}
