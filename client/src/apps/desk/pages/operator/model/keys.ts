export const wallActions = [
  'arrows',
  'open',
  'search',
  'pictures',
  'mute',
  'close',
  'help',
] as const;

export type WallAction = Exclude<(typeof wallActions)[number], 'arrows' | 'open'>;

const keys: Readonly<Record<string, WallAction>> = {
  '/': 'search',
  p: 'pictures',
  m: 'mute',
  escape: 'close',
  '?': 'help',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>;

/** What a key does on the wall; inside a field only Escape means anything. */
export function wallAction(event: Pressed, inField: boolean): WallAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const action = keys[event.key.toLowerCase()] ?? null;
  return inField && action !== 'close' ? null : action;
}

/** The keys as the help lists them, with their text under `operator.keys`. */
export const wallKeyHelp = [
  { keys: ['←', '→', '↑', '↓'], text: 'arrows' },
  { keys: ['Enter'], text: 'open' },
  { keys: ['/'], text: 'search' },
  { keys: ['P'], text: 'pictures' },
  { keys: ['M'], text: 'mute' },
  { keys: ['Esc'], text: 'close' },
  { keys: ['?'], text: 'help' },
] as const;

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Which box an arrow leads to from the one at `from`: the nearest one that way. Left and right go on
 * in the next line. `from` itself where there is none.
 */
export function neighbour(boxes: readonly Box[], from: number, key: string): number {
  const here = boxes[from];
  if (!here) return 0;
  if (key === 'ArrowRight') return Math.min(from + 1, boxes.length - 1);
  if (key === 'ArrowLeft') return Math.max(from - 1, 0);
  const down = key === 'ArrowDown';
  const rows = boxes
    .map((box, at) => ({ at, box, by: down ? box.top - here.top : here.top - box.top }))
    .filter(({ by }) => by > here.height / 2);
  const nearest = Math.min(...rows.map(({ by }) => by));
  const row = rows.filter(({ by }) => by < nearest + here.height / 2);
  const aside = (box: Box) => Math.abs(box.left - here.left);
  return row.sort((a, b) => aside(a.box) - aside(b.box))[0]?.at ?? from;
}
