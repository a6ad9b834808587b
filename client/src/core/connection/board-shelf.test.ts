import type { HallQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { createBoardMaps } from './board-maps.ts';
import { BoardShelf } from './board-shelf.ts';
import { memoryStorage } from './outbox-shelf.ts';
import { Replica } from './replica.ts';

const maps = () => createBoardMaps(<Fact>() => new Map<string, Fact>());
const kinds = [{ board: 'bridgePoint', collection: 'question' }] as const;
const question = (id: string) => ({ id, wording: `wording ${id}` }) as HallQuestionFact;

function kept() {
  const storage = memoryStorage();
  const shelf = () => new BoardShelf(storage, 'device:hall/dialogue', kinds);
  const before = maps();
  before.bridgePoint.question.set('a', question('a'));
  before.everyone.caption.set('c', { id: 'c' } as never);
  shelf().save(before, 5_000);
  return { storage, shelf };
}

describe('boards on the shelf', () => {
  it('are there after a reload with the time of what was known, and no others', () => {
    const { shelf } = kept();
    const after = maps();
    expect(shelf().load(after)).toBe(5_000);
    expect([...after.bridgePoint.question.values()]).toEqual([question('a')]);
    expect(after.everyone.caption.size).toBe(0);
  });

  it('give way to the first sync whole: what is gone meanwhile goes', () => {
    const { shelf } = kept();
    const after = maps();
    shelf().load(after);
    const replica = new Replica(after);
    expect(replica.cursors()).toEqual({});
    replica.beginSync();
    const puts = [{ collection: 'question', id: 'b', value: question('b') }];
    replica.handleSynced([{ audience: 'bridgePoint:hall', seq: 9, full: true, puts }]);
    expect([...after.bridgePoint.question.keys()]).toEqual(['b']);
  });

  it('are nobody else’s', () => {
    const { storage } = kept();
    const other = new BoardShelf(storage, 'device:other/dialogue', kinds);
    expect(other.load(maps())).toBeNull();
  });

  it('are left out when they cannot be read, and lost quietly when there is no room', () => {
    const { storage, shelf } = kept();
    storage.setItem('nhip-cau.boards:device:hall/dialogue', '{"at":');
    expect(shelf().load(maps())).toBeNull();
    const full = { ...memoryStorage(), setItem: () => void JSON.parse('') };
    expect(() => new BoardShelf(full, 'x', kinds).save(maps(), 1)).not.toThrow();
  });

  it('are written once while they are the same', () => {
    const storage = memoryStorage();
    let writes = 0;
    const counting = {
      ...storage,
      getItem: storage.getItem,
      setItem: (key: string, value: string) => {
        writes += 1;
        storage.setItem(key, value);
      },
    };
    const shelf = new BoardShelf(counting, 'x', kinds);
    const same = maps();
    shelf.save(same, 1);
    shelf.save(same, 1);
    expect(writes).toBe(1);
    shelf.save(same, 2);
    expect(writes).toBe(2);
  });
});
