import { describe, expect, it } from 'vitest';
import type { WallTile } from './tiles.ts';
import { arrange, countTiles, picturePage, shownTiles } from './wall.ts';

const tile = (id: string, district: string, change: Partial<WallTile> = {}): WallTile => ({
  id,
  name: `Hội trường ${id}`,
  district,
  isCentral: false,
  state: 'ready',
  stake: 'other',
  alarms: [],
  hasCamera: true,
  hasComputer: true,
  isMuted: false,
  unread: 0,
  isRinging: false,
  isReady: true,
  ...change,
});
const tiles = [
  tile('a', 'Ba Đình'),
  tile('b', 'Ba Đình', { alarms: ['black'], unread: 2 }),
  tile('c', 'Ba Vì', { state: 'offline', hasCamera: false, isReady: false }),
  tile('d', 'Ba Vì'),
];
const all = () => true;
const shape = (groups: ReturnType<typeof arrange>) =>
  groups.map(({ kind, district, tiles: some }) => [
    district || kind,
    some.map(({ id }) => id).join(''),
  ]);

describe('the order of the wall', () => {
  it('has alarms in front and each hall once', () => {
    expect(shape(arrange(tiles))).toEqual([
      ['pressing', 'b'],
      ['Ba Đình', 'a'],
      ['Ba Vì', 'cd'],
    ]);
  });

  it('has the head table before all of them, whatever is wrong there', () => {
    const table = tile('t', 'Thành ủy', { isCentral: true, alarms: ['noSound'], isReady: false });
    expect(shape(arrange([table, ...tiles])).slice(0, 2)).toEqual([
      ['central', 't'],
      ['pressing', 'b'],
    ]);
    expect(countTiles([table, ...tiles])).toMatchObject({ all: 5, alarm: 2, notReady: 1 });
  });

  it('shows what is filtered and sought', () => {
    expect([...shownTiles(tiles, 'offline', all)]).toEqual(['c']);
    expect([...shownTiles(tiles, 'all', (text) => text.includes('Ba Vì'))]).toEqual(['c', 'd']);
    expect(shownTiles(tiles, 'onAir', all).size).toBe(0);
  });

  it('counts what each filter would show', () => {
    expect(countTiles(tiles)).toEqual({
      all: 4,
      alarm: 1,
      onAir: 0,
      onDeck: 0,
      ready: 3,
      standby: 0,
      offline: 1,
      unread: 1,
      notReady: 1,
    });
  });

  it('turns pages of pictures, of halls that send one', () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      tile(`${at}`, 'Ba Đình', { hasCamera: at % 2 === 0 }),
    );
    const groups = arrange(many);
    const shown = new Set(many.map(({ id }) => id));
    expect(picturePage(groups, shown, 0)).toMatchObject({
      page: 0,
      pages: 2,
      from: 1,
      to: 24,
      of: 30,
    });
    expect(picturePage(groups, shown, 7)).toMatchObject({ page: 1, from: 25, to: 30 });
    expect(picturePage(groups, shown, 7).ids[0]).toBe('48');
    expect(picturePage(groups, new Set(['1', '2']), 0).ids).toEqual(['2']);
    expect(picturePage([], shown, 0)).toMatchObject({
      ids: [],
      page: 0,
      pages: 1,
      from: 0,
      to: 0,
      of: 0,
    });
  });
});
