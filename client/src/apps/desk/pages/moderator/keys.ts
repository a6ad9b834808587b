export type KeyAction =
  | 'next'
  | 'previous'
  | 'slip'
  | 'write'
  | 'hand'
  | 'attendance'
  | 'qr'
  | 'undo'
  | 'search'
  | 'help';

const actions: Readonly<Record<string, KeyAction>> = {
  j: 'next',
  k: 'previous',
  n: 'slip',
  w: 'write',
  g: 'hand',
  a: 'attendance',
  q: 'qr',
  u: 'undo',
  '/': 'search',
  '?': 'help',
};

export type CardAction = 'edit' | 'forward' | 'return' | 'merge' | 'takeBack' | 'urgent';

const cardActions: Readonly<Record<string, CardAction>> = {
  e: 'edit',
  f: 'forward',
  r: 'return',
  m: 'merge',
  t: 'takeBack',
  '!': 'urgent',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>;

/** A key that stands for itself: with a modifier it is the browser's, while composing the text's. */
function plain({ key, ctrlKey, metaKey, altKey, isComposing }: Pressed): string | null {
  return ctrlKey || metaKey || altKey || isComposing ? null : key.toLowerCase();
}

/** What a key does anywhere on the page but in a field or a dialog. */
export function keyAction(event: Pressed): KeyAction | null {
  const key = plain(event);
  return key === null ? null : (actions[key] ?? null);
}

/** What a key does to the question that has the focus. */
export function cardAction(event: Pressed): CardAction | null {
  const key = plain(event);
  return key === null ? null : (cardActions[key] ?? null);
}

/** The keys as the help lists them: each with its text under `moderator.keys`. */
export const keyHelp = [
  { keys: ['J', 'K'], text: 'next' },
  { keys: ['E'], text: 'edit' },
  { keys: ['F'], text: 'forward' },
  { keys: ['Ctrl', 'Enter'], text: 'forwardTyping' },
  { keys: ['R'], text: 'return' },
  { keys: ['M'], text: 'merge' },
  { keys: ['T'], text: 'takeBack' },
  { keys: ['!'], text: 'urgent' },
  { keys: ['U'], text: 'undo' },
  { keys: ['/'], text: 'search' },
  { keys: ['N'], text: 'slip' },
  { keys: ['W'], text: 'write' },
  { keys: ['G'], text: 'hand' },
  { keys: ['A'], text: 'attendance' },
  { keys: ['Q'], text: 'qr' },
  { keys: ['Esc'], text: 'close' },
  { keys: ['?'], text: 'help' },
] as const;
