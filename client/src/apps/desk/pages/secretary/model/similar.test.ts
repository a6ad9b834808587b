import { expect, it } from 'vitest';
import { SimilarIndex } from './similar.ts';

const said = (id: string, wording = id) => ({ id, wording });

it('asks about each once, and again when its words changed', () => {
  const index = new SimilarIndex();
  index.want([said('a'), said('b'), said('c')]);
  expect(index.take(2)).toEqual(['a', 'b']);
  index.want([said('a'), said('b', 'anders'), said('c')]);
  expect(index.take(9)).toEqual(['c', 'b']);
  expect(index.waiting).toBe(0);
  index.giveBack(['c']);
  expect(index.take(9)).toEqual(['c']);
});

it('knows likeness both ways, best first', () => {
  const index = new SimilarIndex();
  index.put({ a: [{ questionId: 'b', score: 0.5 }] });
  index.put({ c: [{ questionId: 'b', score: 0.8 }], b: [{ questionId: 'c', score: 0.8 }] });
  index.put({
    a: [
      { questionId: 'b', score: 0.6 },
      { questionId: 'c', score: 0.7 },
    ],
  });
  const ids = (id: string) => index.of(id).map(({ questionId, score }) => `${questionId} ${score}`);
  expect(ids('a')).toEqual(['c 0.7', 'b 0.6']);
  expect(ids('b')).toEqual(['c 0.8', 'a 0.6']);
  expect(ids('c')).toEqual(['b 0.8', 'a 0.7']);
  expect(ids('d')).toEqual([]);
  expect(['a', 'd'].map((id) => index.knows(id))).toEqual([true, false]);
});
