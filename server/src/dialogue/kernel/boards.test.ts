import { describe, expect, it } from 'vitest';
import { Boards } from './boards.ts';
import type { View } from './project.ts';

const member = (id: string, accountId: string | null): View => ({
  audience: 'desk',
  collection: 'member',
  id,
  value: accountId === null ? null : { id, accountId, role: 'secretary' },
});

const update = (boards: Boards, seq: number, views: View[]) =>
  boards.apply('d', seq, boards.compare(views));

describe('Boards', () => {
  it('delivers only what changed, each delivery naming the one before it', () => {
    const boards = new Boards();
    expect(update(boards, 3, [member('a', '1'), member('b', '2')])).toMatchObject([
      { audience: 'desk', seq: 3, prev: 0, puts: [{ id: 'a' }, { id: 'b' }] },
    ]);
    expect(update(boards, 4, [member('a', '1')])).toEqual([]);
    expect(update(boards, 7, [member('a', '9')])).toMatchObject([
      { seq: 7, prev: 3, puts: [{ id: 'a' }] },
    ]);
  });

  it('knows nothing new of what was compared and came to nothing', () => {
    const boards = new Boards();
    update(boards, 1, [member('a', '1')]);
    boards.compare([member('a', '2'), member('b', '3')]);
    expect(boards.since('desk', undefined).puts).toMatchObject([{ value: { accountId: '1' } }]);
  });

  it('tells of a thing once a commit, as it is in the end', () => {
    const boards = new Boards();
    update(boards, 1, [member('a', '1')]);
    expect(update(boards, 2, [member('a', '2'), member('a', '1')])).toEqual([]);
    expect(update(boards, 3, [member('a', '2'), member('a', '3')])).toMatchObject([
      { prev: 1, puts: [{ value: { accountId: '3' } }] },
    ]);
  });

  it('keeps a value as it was told, whatever becomes of the row it was made from', () => {
    const boards = new Boards();
    const value = { id: 'a', accountId: '1', role: 'secretary' as const };
    update(boards, 1, [{ audience: 'desk', collection: 'member', id: 'a', value }]);
    value.accountId = 'changed later';
    expect(boards.since('desk', undefined).puts[0]?.value).toMatchObject({ accountId: '1' });
  });

  it.each([
    [undefined, true, ['b']],
    [0, false, ['b', 'a']],
    [4, false, ['b', 'a']],
    [5, false, ['a']],
    [6, false, []],
    [99, true, ['b']],
  ])('catches up from %s (full: %s)', (cursor, full, ids) => {
    const boards = new Boards();
    update(boards, 4, [member('a', '1')]);
    update(boards, 5, [member('b', '2')]);
    update(boards, 6, [member('a', null)]);
    const synced = boards.since('desk', cursor);
    expect(synced).toMatchObject({ seq: 6, full });
    expect(synced.puts.map((put) => put.id)).toEqual(ids);
  });

  it('give everything to who comes from before a restart: what changed since is not known', () => {
    const boards = new Boards();
    boards.restore(8, [member('a', '1'), member('b', null)]);
    expect(boards.since('desk', 5)).toMatchObject({ seq: 8, full: true, puts: [{ id: 'a' }] });
    expect(boards.since('desk', 8)).toMatchObject({ seq: 8, full: false, puts: [] });
    expect(update(boards, 9, [member('c', '3')])).toMatchObject([{ seq: 9, prev: 8 }]);
    expect(boards.since('desk', 8)).toMatchObject({ seq: 9, full: false, puts: [{ id: 'c' }] });
  });
});

describe('boards read anew after a commit whose end was unknown', () => {
  const told = () => {
    const former = new Boards();
    update(former, 4, [member('a', '1'), member('b', '2')]);
    return former;
  };

  it('tell nothing when nothing was written', () => {
    const boards = new Boards();
    boards.restore(4, [member('a', '1'), member('b', '2')]);
    expect(boards.inherit('d', 4, told())).toEqual([]);
    expect(boards.since('desk', 4)).toMatchObject({ seq: 4, full: false, puts: [] });
  });

  it('tell what was written after all, after what was heard last', () => {
    const boards = new Boards();
    boards.restore(6, [member('a', '1'), member('c', '3')]);
    expect(boards.inherit('d', 6, told())).toEqual([
      {
        dialogueId: 'd',
        audience: 'desk',
        seq: 6,
        prev: 4,
        puts: [
          { collection: 'member', id: 'c', value: { id: 'c', accountId: '3', role: 'secretary' } },
          { collection: 'member', id: 'b', value: null },
        ],
      },
    ]);
    expect(boards.since('desk', 4).puts).toHaveLength(2);
  });

  it('keep their order of change: who comes from between gets what came after', () => {
    const former = new Boards();
    update(former, 2, [member('a', '1')]);
    update(former, 4, [member('b', '2')]);
    const boards = new Boards();
    boards.restore(4, [member('a', '1'), member('b', '2')]);
    boards.inherit('d', 4, former);
    expect(boards.since('desk', 2)).toMatchObject({ full: false, puts: [{ id: 'b' }] });
  });
});
