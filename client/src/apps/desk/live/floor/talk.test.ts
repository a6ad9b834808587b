import type { TurnFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { talkOf } from './talk.ts';

type Turn = Pick<TurnFact, 'kind' | 'questionId' | 'state' | 'endedAt'>;

const ended = (questionId: string | null, endedAt: number, kind: Turn['kind'] = 'question') =>
  ({ kind, questionId, endedAt, state: 'ended' }) as const;
const past: Turn[] = [ended('b', 20), ended('a', 10), ended(null, 30, 'hand')];

describe('what the talk is about', () => {
  it.each<[string, Pick<Turn, 'kind' | 'questionId'> | null, Turn[], string | null, string | null]>(
    [
      ['nothing yet', null, [], null, null],
      ['the last that was heard', null, past, 'b', 'b'],
      ['a question on air', { kind: 'question', questionId: 'c' }, past, 'c', null],
      ['a hand on air', { kind: 'hand', questionId: null }, past, null, null],
      ['a reply on air', { kind: 'reply', questionId: 'b' }, past, 'b', null],
      ['the head table on a question', { kind: 'host', questionId: 'a' }, past, 'a', 'a'],
      ['the head table on none', { kind: 'host', questionId: null }, past, 'b', 'b'],
      ['one that was released', null, [{ ...ended('a', 1), state: 'cancelled' }], null, null],
    ],
  )('%s', (_what, onAir, turns, answerTo, replyTo) => {
    expect(talkOf(onAir, turns)).toEqual({ answerTo, replyTo });
  });
});
