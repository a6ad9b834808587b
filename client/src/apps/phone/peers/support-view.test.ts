import type { PeerQuestionFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import type { WaitingCommand } from '../../../core/connection/waiting-command.ts';
import { otherQuestions, supportersWith, supportView } from './support-view.ts';

const support = (supportId: string): WaitingCommand => ({
  commandId: `s-${supportId}`,
  name: 'question.support',
  payload: { questionId: 'q', supportId },
  queuedAt: 1,
});
const unsupport = (supportId: string): WaitingCommand => ({
  commandId: `u-${supportId}`,
  name: 'question.unsupport',
  payload: { supportId },
  queuedAt: 2,
});
const known = (...ids: string[]) => new Map(ids.map((id) => [id, { id, questionId: 'q' }]));
const peer = (id: string, supporters: number): PeerQuestionFact => ({
  id,
  wording: id,
  field: null,
  asker: null,
  state: 'forwarded',
  supporters,
});

describe('“I have this question too”', () => {
  it.each([
    ['not said', known(), [], null, false, 3],
    ['said', known('a'), [], 'a', false, 3],
    ['said offline', known(), [support('a')], 'a', true, 4],
    ['arrived, not yet acknowledged', known('a'), [support('a')], 'a', false, 3],
    ['taken back offline', known('a'), [unsupport('a')], null, true, 2],
    ['said and taken back offline', known(), [support('a'), unsupport('a')], null, false, 3],
    ['taken back and said anew', known('a'), [unsupport('a'), support('b')], 'b', true, 4],
  ] as const)('%s', (_, supports, waiting, supportId, isWaiting, shown) => {
    const view = supportView('q', supports, waiting);
    expect(view).toEqual({ supportId, isWaiting });
    expect(supportersWith(peer('q', 3), view)).toBe(shown);
  });

  it('is asked of other people’s questions, most wanted first', () => {
    const peers = new Map(
      [peer('a', 1), peer('b', 5), peer('c', 1), peer('d', 9)].map((p) => [p.id, p]),
    );
    expect(
      otherQuestions(peers, new Map([['d', {}]]))
        .map(({ id }) => id)
        .join(''),
    ).toBe('bac');
  });
});
