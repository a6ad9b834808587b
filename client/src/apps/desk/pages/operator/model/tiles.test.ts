import type { BridgePointFact, StageFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { inWallOrder, pressing, signatureOf, wallTiles, type WallView } from './tiles.ts';

const hall = (id: string, district = 'Ba Đình', name = `Điểm cầu ${id}`) =>
  ({ id, name, district, isCentral: id === 'central' }) as BridgePointFact;
const here = { computer: true, screens: 1, camera: true, microphone: true };
const onStage = (id: string) => ({ bridgePointId: id }) as StageFact['next'][number];
const view = (change: Partial<WallView> = {}): WallView => ({
  bridgePoints: inWallOrder([hall('1', 'Ba Vì'), hall('10'), hall('central'), hall('2')]),
  presence: { '2': here, '10': { ...here, camera: false } },
  health: {},
  stage: null,
  dialogue: 'open',
  equipment: new Map(),
  readiness: new Map(),
  unread: new Map(),
  ringing: new Set(),
  seen: new Set(),
  ...change,
});
const stateOf = (change: Partial<WallView>, id: string) =>
  wallTiles(view(change)).find((tile) => tile.id === id)?.state;

describe('the wall', () => {
  it('has the head table first, then every hall by district and name', () => {
    expect(wallTiles(view()).map(({ id }) => id)).toEqual(['central', '2', '10', '1']);
  });

  it('has the head table on air while the dialogue is live, from whatever sends for it', () => {
    const presence = { central: { ...here, computer: false } };
    expect(stateOf({ presence }, 'central')).toBe('ready');
    expect(stateOf({ presence, dialogue: 'live' }, 'central')).toBe('onAir');
    const lost = wallTiles(view({ dialogue: 'live' }))[0];
    expect(lost).toMatchObject({ state: 'onAir', hasComputer: false, alarms: ['offline'] });
    expect(wallTiles(view())[0]).toMatchObject({ state: 'offline', alarms: [] });
  });

  it.each<[string, Partial<WallView>, string, string]>([
    ['its camera is sent', {}, '2', 'ready'],
    ['its camera is off', {}, '10', 'standby'],
    ['it is not there', {}, '1', 'offline'],
    [
      'only its screen is there',
      { presence: { '2': { computer: false, screens: 1, camera: false, microphone: false } } },
      '2',
      'offline',
    ],
    [
      'it is on air',
      { stage: { onAir: onStage('2') as never, onDeck: [], next: [] } },
      '2',
      'onAir',
    ],
    [
      'it is on deck and lost',
      { presence: {}, stage: { onAir: null, onDeck: [onStage('2') as never], next: [] } },
      '2',
      'onDeck',
    ],
  ])('knows a hall’s state: %s', (_case, change, id, state) => {
    expect(stateOf(change, id)).toBe(state);
  });

  it('calls for attention by what matters next, and first where somebody rings', () => {
    const tiles = wallTiles(
      view({
        dialogue: 'live',
        presence: { '2': { ...here, camera: false }, '10': here, central: here },
        stage: { onAir: null, onDeck: [], next: [onStage('2')] },
        ringing: new Set(['10']),
      }),
    );
    expect(pressing(tiles).map(({ id, alarms }) => [id, alarms])).toEqual([
      ['10', []],
      ['2', ['noPicture']],
    ]);
  });

  it('misses of those that are not there who was there, and after the start who was ready', () => {
    const marked = { result: 'ok', note: null, at: 0, by: null } as const;
    const readiness = new Map([['1', { id: '1', reports: [], rollCall: marked }]]);
    const missed = (change: Partial<WallView>) =>
      pressing(wallTiles(view(change)))
        .filter(({ isCentral }) => !isCentral)
        .map(({ id }) => id);
    expect(missed({ readiness })).toEqual([]);
    expect(missed({ readiness, dialogue: 'live' })).toEqual(['1']);
    expect(missed({ dialogue: 'live' })).toEqual([]);
    expect(missed({ seen: new Set(['1']) })).toEqual(['1']);
  });

  it('draws a tile anew only when something of it changed', () => {
    const [before, after] = [wallTiles(view()), wallTiles(view({ unread: new Map([['2', 1]]) }))];
    const changed = after.filter((tile, at) => signatureOf(tile) !== signatureOf(before[at]!));
    expect(changed.map(({ id }) => id)).toEqual(['2']);
  });
});
