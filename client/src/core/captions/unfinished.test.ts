import type { CaptionFact } from '@nhip-cau/shared/protocol/facts';
import type { SpokenLine } from '@nhip-cau/shared/protocol/signals';
import { describe, expect, it } from 'vitest';
import { caption } from './caption.fixture.ts';
import { unfinishedLines } from './unfinished.ts';

const spoken = (
  runId: string,
  at: number,
  bridgePointName: string,
  isHost = false,
): SpokenLine => ({
  runId,
  at,
  bridgePointName,
  isHost,
  text: `words of ${runId}`,
});
const said = (at: number, endAt: number | null, hall: string | null): CaptionFact =>
  caption(at, 'final', {
    endAt,
    ...(hall
      ? { speaker: { kind: 'turn', bridgePointName: hall, asker: null, name: null } as const }
      : {}),
  });
const stage = { onAir: { bridgePointName: 'Ba Vì', asker: 'Bà Hoa' } };
const none = { captions: [], speaking: [], typed: [], stage, track: 'vi' };

describe('lines that are not final', () => {
  it('are in the order in which they began, by hall and asker', () => {
    const speaking = [spoken('b', 2_000, 'Ba Vì'), spoken('a', 1_000, 'Ủy ban', true)];
    expect(unfinishedLines({ ...none, speaking })).toEqual([
      { id: 'a', speaker: { kind: 'host', name: null }, text: 'words of a' },
      {
        id: 'b',
        speaker: { kind: 'turn', bridgePointName: 'Ba Vì', asker: 'Bà Hoa', name: null },
        text: 'words of b',
      },
    ]);
  });

  it.each([
    ['what became final', [said(1_000, 3_000, 'Ba Vì')], []],
    ['what another hall has said', [said(1_000, 3_000, 'Sóc Sơn')], ['a']],
    ['what the leader has said', [said(1_000, 3_000, null)], ['a']],
    ['what was said before', [said(0, 1_200, 'Ba Vì')], ['a']],
    ['what was typed', [said(1_500, null, 'Ba Vì')], ['a']],
  ])('beside %s', (_case, captions, left) => {
    const speaking = [spoken('a', 1_000, 'Ba Vì')];
    expect(unfinishedLines({ ...none, speaking, captions }).map(({ id }) => id)).toEqual(left);
  });

  it('of another track are what its interpreter types', () => {
    const typed = [
      { id: 't', track: 'en', text: 'Good morning', speaker: 'turn' },
      { id: 'u', track: 'vi', text: 'Xin chào', speaker: 'host' },
    ] as const;
    const speaking = [spoken('a', 1_000, 'Ba Vì')];
    const of = (track: string) =>
      unfinishedLines({ ...none, speaking, typed, track }).map(({ id }) => id);
    expect([of('en'), of('vi')]).toEqual([['t'], ['a', 'u']]);
  });
});
