import type { WallTile } from './tiles.ts';
import { pressing, tileStates } from './tiles.ts';

export const wallFilters = ['all', 'alarm', ...tileStates, 'unread', 'notReady'] as const;

export type WallFilter = (typeof wallFilters)[number];

const belongs: Record<WallFilter, (tile: WallTile) => boolean> = {
  all: () => true,
  alarm: ({ alarms, isRinging }) => alarms.length > 0 || isRinging,
  onAir: ({ state }) => state === 'onAir',
  onDeck: ({ state }) => state === 'onDeck',
  ready: ({ state }) => state === 'ready',
  standby: ({ state }) => state === 'standby',
  offline: ({ state }) => state === 'offline',
  unread: ({ unread }) => unread > 0,
  // The roll call does not go through the head table.
  notReady: ({ isReady, isCentral }) => !isReady && !isCentral,
};

/** How many halls each filter would show. */
export function countTiles(tiles: readonly WallTile[]): Record<WallFilter, number> {
  return Object.fromEntries(
    wallFilters.map((filter) => [filter, tiles.filter(belongs[filter]).length]),
  ) as Record<WallFilter, number>;
}

export interface WallGroup {
  kind: 'central' | 'pressing' | 'district';
  /** Of all of them; '' where they are of several. */
  district: string;
  tiles: WallTile[];
}

/** The tiles as they stand: the head table's, what is pressing, the others by district. */
export function arrange(tiles: readonly WallTile[]): WallGroup[] {
  const central = tiles.filter(({ isCentral }) => isCentral);
  const first = pressing(tiles).filter(({ isCentral }) => !isCentral);
  const inFront = new Set([...central, ...first].map(({ id }) => id));
  const groups: WallGroup[] = [];
  if (central.length > 0) groups.push({ kind: 'central', district: '', tiles: central });
  if (first.length > 0) groups.push({ kind: 'pressing', district: '', tiles: first });
  for (const tile of tiles) {
    if (inFront.has(tile.id)) continue;
    const last = groups.at(-1);
    if (last?.kind === 'district' && last.district === tile.district) last.tiles.push(tile);
    else groups.push({ kind: 'district', district: tile.district, tiles: [tile] });
  }
  return groups;
}

/** Ids of the tiles that are filtered for and sought; the others stay on the wall, out of sight. */
export function shownTiles(
  tiles: readonly WallTile[],
  filter: WallFilter,
  matches: (text: string) => boolean,
): Set<string> {
  const shown = tiles
    .filter(belongs[filter])
    .filter(({ name, district }) => matches(`${name} ${district}`));
  return new Set(shown.map(({ id }) => id));
}

/** Pictures that are shown at once: as many as a hall's line and an eye can take. */
export const picturesAPage = 24;

/** One page of the halls that send a picture, in the order of the wall. */
export function picturePage(
  groups: readonly WallGroup[],
  isShown: ReadonlySet<string>,
  page: number,
) {
  const ids = groups
    .flatMap(({ tiles }) => tiles)
    .filter(({ id, hasCamera }) => hasCamera && isShown.has(id))
    .map(({ id }) => id);
  const pages = Math.max(1, Math.ceil(ids.length / picturesAPage));
  const at = Math.min(Math.max(page, 0), pages - 1);
  const shown = ids.slice(at * picturesAPage, (at + 1) * picturesAPage);
  const from = shown.length > 0 ? at * picturesAPage + 1 : 0;
  return {
    ids: shown,
    page: at,
    pages,
    from,
    to: from + Math.max(shown.length - 1, 0),
    of: ids.length,
  };
}
