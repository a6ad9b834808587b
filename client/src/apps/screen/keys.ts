export type KeyAction =
  'larger' | 'smaller' | 'contrast' | 'track' | 'theme' | 'fullscreen' | 'help' | 'leave';

/** By `KeyboardEvent.key`, in lower case. */
const actions: Readonly<Record<string, KeyAction>> = {
  '+': 'larger',
  // The same key without Shift.
  '=': 'larger',
  '-': 'smaller',
  c: 'contrast',
  l: 'track',
  t: 'theme',
  f: 'fullscreen',
  '?': 'help',
  escape: 'leave',
};

/** What can be set, in the order of the help, with its keys as a keyboard names them. */
export const listedKeys = [
  { setting: 'size', keys: ['+', '−'] },
  { setting: 'contrast', keys: ['C'] },
  { setting: 'track', keys: ['L'] },
  { setting: 'theme', keys: ['T'] },
  { setting: 'fullscreen', keys: ['F'] },
] as const;

export type ScreenSetting = (typeof listedKeys)[number]['setting'];

type Keystroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'>;

/** What this key does on the hall's screen; nothing where it is the browser's own, or held down. */
export function actionOf(stroke: Keystroke): KeyAction | undefined {
  if (stroke.ctrlKey || stroke.altKey || stroke.metaKey || stroke.repeat) return undefined;
  return actions[stroke.key.toLowerCase()];
}
