import type { LineSide } from '@nhip-cau/shared/model/lines';
import { describe, expect, it } from 'vitest';
import { unreadOf } from './unread.ts';

const talk = (...sides: LineSide[]) =>
  sides.map((from, at) => ({
    id: `${at}`,
    bridgePointId: 'hall',
    from,
    by: null,
    text: '',
    at,
    position: at + 1,
  }));

describe('messages that wait to be read', () => {
  it.each<[string, LineSide[], LineSide, number, number]>([
    ['none', [], 'hall', 0, 0],
    ['all of the other side', ['desk', 'desk'], 'hall', 0, 2],
    ['those after what was read', ['desk', 'desk', 'desk'], 'hall', 2, 1],
    ['none of one’s own', ['desk', 'hall'], 'hall', 0, 0],
    ['those after an answer, whoever of the desk gave it', ['hall', 'desk', 'hall'], 'desk', 0, 1],
  ])('%s', (_case, sides, side, readPosition, expected) => {
    expect(unreadOf(talk(...sides), side, readPosition)).toBe(expected);
  });
});
