import { expect, it } from 'vitest';
import { handsByHall } from './hands.ts';

const hand = (position: number, hall: string) => ({
  id: `hand ${position}`,
  bridgePointId: hall,
  bridgePointName: hall,
  district: 'Ba Vì',
  name: null,
  raisedAt: position,
  position,
});

it('puts hands by hall, each in the order of the log', () => {
  const halls = handsByHall([hand(9, 'b'), hand(3, 'a'), hand(1, 'b'), hand(12, 'a')]);
  expect(
    halls.map(({ bridgePointName, hands }) => [bridgePointName, hands.map((h) => h.position)]),
  ).toEqual([
    ['b', [1, 9]],
    ['a', [3, 12]],
  ]);
  expect(handsByHall([])).toEqual([]);
});
