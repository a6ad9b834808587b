import type { Delivery, Put } from '@nhip-cau/shared/protocol/facts';
import type { SyncedAudience } from '@nhip-cau/shared/protocol/socket';
import { describe, expect, it } from 'vitest';
import { createBoardMaps } from './board-maps.ts';
import { Replica } from './replica.ts';

const dialogueId = 'd';

function put(id: string, value: unknown = `caption ${id}`): Put {
  return { collection: 'caption', id, value };
}

function delivery(prev: number, seq: number, ...puts: Put[]): Delivery {
  return { dialogueId, audience: 'everyone', prev, seq, puts };
}

function synced(seq: number, full: boolean, ...puts: Put[]): SyncedAudience {
  return { audience: 'everyone', seq, full, puts };
}

function replicaAt(seq: number, ...puts: Put[]) {
  const maps = createBoardMaps(() => new Map());
  const replica = new Replica(maps);
  replica.beginSync();
  replica.handleSynced([synced(seq, true, ...puts)]);
  return { replica, captions: maps.everyone.caption, maps };
}

const ids = (map: Map<string, unknown>) => [...map.keys()].sort().join('');

describe('a replica at 5 that holds a', () => {
  it.each([
    ['the next one', delivery(5, 7, put('b')), 'applied', 'ab', 7],
    ['the next one, which takes away', delivery(5, 7, put('a', null)), 'applied', '', 7],
    ['one that continues from before', delivery(4, 7, put('b')), 'applied', 'ab', 7],
    ['one that it has', delivery(3, 5, put('b')), 'known', 'a', 5],
    ['an older one', delivery(1, 2, put('b')), 'known', 'a', 5],
    ['one that continues from further', delivery(6, 7, put('b')), 'gap', 'a', 5],
  ] as const)('takes %s', (_, given, result, held, cursor) => {
    const { replica, captions } = replicaAt(5, put('a'));
    expect(replica.handleDelivery(given)).toBe(result);
    expect(ids(captions)).toBe(held);
    expect(replica.cursors()).toEqual({ everyone: cursor });
  });

  it('asks for what it has never had', () => {
    const { replica } = replicaAt(5, put('a'));
    expect(replica.handleDelivery({ ...delivery(0, 6), audience: 'desk' })).toBe('gap');
  });

  it.each([
    ['merges what changed', synced(9, false, put('b'), put('a', null)), 'b', 9],
    ['replaces all by a full answer', synced(9, true, put('c')), 'c', 9],
    ['follows a log that was set back', synced(2, true, put('z')), 'z', 2],
  ] as const)('%s', (_, answer, held, cursor) => {
    const { replica, captions } = replicaAt(5, put('a'));
    replica.beginSync();
    expect(replica.handleSynced([answer])).toBe('current');
    expect(ids(captions)).toBe(held);
    expect(replica.cursors()).toEqual({ everyone: cursor });
  });

  it('applies what came during a sync after its answer, in order, once', () => {
    const { replica, captions } = replicaAt(5, put('a'));
    replica.beginSync();
    expect(replica.handleDelivery(delivery(5, 7, put('a', 'seven')))).toBe('waiting');
    expect(replica.handleDelivery(delivery(7, 9, put('a', 'nine')))).toBe('waiting');
    expect(replica.handleSynced([synced(7, false, put('a', 'seven'))])).toBe('current');
    expect(captions.get('a')).toBe('nine');
    expect(replica.cursors()).toEqual({ everyone: 9 });
  });

  it('asks again when what came meanwhile does not join on', () => {
    const { replica } = replicaAt(5, put('a'));
    replica.beginSync();
    replica.handleDelivery(delivery(8, 9, put('b')));
    expect(replica.handleSynced([synced(7, false)])).toBe('gap');
  });

  it('forgets a board that is no longer its own', () => {
    const { replica, maps } = replicaAt(5, put('a'));
    replica.beginSync();
    const desk = { audience: 'desk', seq: 5, full: true, puts: [put('b')] } as const;
    replica.handleSynced([synced(5, false), { ...desk, puts: [...desk.puts] }]);
    expect(ids(maps.desk.caption)).toBe('b');
    replica.beginSync();
    replica.handleSynced([synced(5, false)]);
    expect(ids(maps.desk.caption)).toBe('');
    expect(ids(maps.everyone.caption)).toBe('a');
    expect(replica.cursors()).toEqual({ everyone: 5 });
  });

  it('leaves out a collection that it does not know', () => {
    const { replica, captions } = replicaAt(5, put('a'));
    const unknown = { collection: 'later', id: 'x', value: 1 };
    expect(replica.handleDelivery(delivery(5, 6, unknown, put('b')))).toBe('applied');
    expect(ids(captions)).toBe('ab');
  });
});
