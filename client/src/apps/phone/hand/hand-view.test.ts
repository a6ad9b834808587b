import type { HandFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import type { WaitingCommand } from '../../../core/connection/waiting-command.ts';
import { handView } from './hand-view.ts';

const hand = (id: string): HandFact => ({ id, name: null, raisedAt: 1, position: 1, place: 1 });

const raise = (handId: string): WaitingCommand => ({
  commandId: `r-${handId}`,
  name: 'hand.raise',
  payload: { handId, bridgePointId: 'b' },
  queuedAt: 1,
});

const lower = (handId: string): WaitingCommand => ({
  commandId: `l-${handId}`,
  name: 'hand.lower',
  payload: { handId },
  queuedAt: 2,
});

describe('one’s own hand', () => {
  it.each([
    ['down', null, [], 'down', null],
    ['up', hand('a'), [], 'up', 'a'],
    ['raised offline', null, [raise('a')], 'rising', 'a'],
    ['raised and arrived, not yet acknowledged', hand('a'), [raise('a')], 'up', 'a'],
    ['lowered offline', hand('a'), [lower('a')], 'sinking', null],
    ['raised and lowered offline', null, [raise('a'), lower('a')], 'down', null],
    ['lowered and raised anew offline', hand('a'), [lower('a'), raise('b')], 'rising', 'b'],
    ['lowered while another hand was meant', hand('b'), [lower('a')], 'up', 'b'],
  ] as const)('%s', (_, fact, waiting, state, handId) => {
    expect(handView(fact, waiting)).toEqual({ state, handId });
  });
});
