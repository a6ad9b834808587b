import type { DialogueState } from '@nhip-cau/shared/model/session';
import type { StageFact, StageTurn } from '@nhip-cau/shared/protocol/facts';
import { expect, it } from 'vitest';
import { comingHalls, floorAction } from './floor-button.ts';
import type { FloorAction } from './floor-button.ts';

const hall = (name: string) => ({
  bridgePointId: name,
  bridgePointName: name,
  district: 'Ba Vì',
});
const turn = (name: string, state: StageTurn['state']): StageTurn => ({
  ...hall(name),
  turnId: `turn ${name}`,
  kind: 'question',
  heldReason: null,
  extendedMs: 0,
  districtSpokenMs: 0,
  muted: false,
  people: 1,
  halls: 1,
  questionId: `question ${name}`,
  state,
  clock: { elapsedMs: 0, runningSince: null },
  budgetMs: 180_000,
  wording: 'Câu hỏi',
  field: null,
  asker: null,
});
const empty: StageFact = { onAir: null, onDeck: [], next: [], presentation: null };
const onDeck = { ...empty, onDeck: [turn('Ba Vì 07', 'onDeck'), turn('Sóc Sơn 12', 'onDeck')] };
const onAir = { ...empty, onAir: turn('Đống Đa 03', 'onAir') };

it.each<[string, DialogueState, StageFact | null, FloorAction]>([
  ['a draft', 'draft', empty, { kind: 'wait', for: 'opening' }],
  ['opened', 'open', onDeck, { kind: 'start' }],
  ['paused', 'paused', onDeck, { kind: 'resumeDialogue' }],
  ['ended', 'ended', onDeck, { kind: 'wait', for: 'nothing' }],
  ['nothing known yet', 'live', null, { kind: 'wait', for: 'questions' }],
  ['an empty queue', 'live', empty, { kind: 'wait', for: 'questions' }],
  [
    'a queue with nobody on deck',
    'live',
    { ...empty, next: [hall('Ba Vì 07')] },
    { kind: 'wait', for: 'secretary' },
  ],
  [
    'two on deck',
    'live',
    onDeck,
    { kind: 'call', questionId: 'question Ba Vì 07', hall: 'Ba Vì 07' },
  ],
  [
    'one on air, two on deck',
    'live',
    { ...onDeck, onAir: onAir.onAir },
    { kind: 'handOver', questionId: 'question Ba Vì 07', hall: 'Ba Vì 07' },
  ],
  ['one on air, the queue empty', 'live', onAir, { kind: 'wait', for: 'lastTurn' }],
])('%s', (_case, dialogue, stage, action) => {
  expect(floorAction(dialogue, stage)).toEqual(action);
});

it('names those on deck before the queue', () => {
  expect(comingHalls({ ...onDeck, next: [hall('Hà Đông 01')] })).toEqual([
    { name: 'Ba Vì 07', onDeck: true },
    { name: 'Sóc Sơn 12', onDeck: true },
    { name: 'Hà Đông 01', onDeck: false },
  ]);
});
