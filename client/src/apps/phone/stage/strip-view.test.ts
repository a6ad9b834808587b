import type { StageFact } from '@nhip-cau/shared/protocol/facts';
import { describe, expect, it } from 'vitest';
import { stripView } from './strip-view.ts';
import { turn } from './turn.fixture.ts';

const empty: StageFact = { onAir: null, onDeck: [], next: [], presentation: null };
const next = [{ bridgePointId: 'c', bridgePointName: 'Sóc Sơn', district: 'd' }];

describe('the strip', () => {
  it.each([
    ['open', null, 'notStarted', 'standby', ''],
    ['live', empty, 'hostLeads', 'standby', ''],
    ['live', { ...empty, next }, 'hostNext', 'standby', 'Sóc Sơn'],
    ['live', { ...empty, onDeck: [turn('onDeck', 'Ba Vì')], next }, 'hostNext', 'standby', 'Ba Vì'],
    ['live', { ...empty, onAir: turn('onAir', 'Ba Vì') }, 'question', 'onAir', ''],
    ['live', { ...empty, onAir: { ...turn('onAir', 'Ba Vì'), kind: 'hand' } }, 'hand', 'onAir', ''],
    ['live', { ...empty, onAir: { ...turn('onAir', 'TP'), kind: 'host' } }, 'host', 'onAir', ''],
    ['live', { ...empty, onAir: turn('held', 'Ba Vì') }, 'held', 'held', ''],
    [
      'live',
      { ...empty, onAir: { ...turn('held', 'Ba Vì'), heldReason: 'person' } },
      'interrupted',
      'held',
      '',
    ],
    ['paused', { ...empty, next }, 'paused', 'standby', 'Sóc Sơn'],
    ['ended', empty, 'ended', 'standby', ''],
  ] as const)('%s', (state, stage, kind, tally, named) => {
    const facts = stage && { ...stage, onDeck: [...stage.onDeck], next: [...stage.next] };
    expect(stripView(state, facts)).toMatchObject({ kind, tally, next: named });
  });
});
