import type { SignalMessage } from '@nhip-cau/shared/protocol/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { joinSignals, SignalBoard } from './signals.ts';

const here = { computer: true, screens: 0, camera: false, microphone: false };
const room = 'd desk';
const presence = (full: boolean, bridgePoints: Record<string, typeof here | null>) =>
  ({ dialogueId: 'd', name: 'presence', value: { full, bridgePoints } }) as SignalMessage;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function board() {
  const sent: SignalMessage[] = [];
  return {
    sent,
    signals: new SignalBoard((_room, message) => sent.push(structuredClone(message))),
  };
}

test('between two sendings the latest value replaces the others', () => {
  const { sent, signals } = board();
  signals.set('d', room, 'connected', { bridgePoints: 1, of: 3 });
  signals.set('d', room, 'connected', { bridgePoints: 2, of: 3 });
  vi.advanceTimersByTime(1_000);
  expect(sent.map(({ value }) => value)).toEqual([{ bridgePoints: 2, of: 3 }]);
});

test('what comes after a while of silence goes out at once, the next after a fifth of a second', () => {
  const { sent, signals } = board();
  signals.set('d', room, 'connected', { bridgePoints: 1, of: 3 });
  vi.advanceTimersByTime(1);
  signals.set('d', room, 'connected', { bridgePoints: 2, of: 3 });
  vi.advanceTimersByTime(150);
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(50);
  expect(sent).toHaveLength(2);
});

test('of the halls those are sent that changed; a newcomer is given all', () => {
  const { sent, signals } = board();
  signals.setHall('d', room, 'presence', 'a', here);
  signals.setHall('d', room, 'presence', 'b', here);
  vi.advanceTimersByTime(200);
  signals.setHall('d', room, 'presence', 'a', null);
  signals.setHall('d', room, 'presence', 'c', here);
  expect(signals.current([room, 'd everyone'])).toEqual([presence(true, { b: here, c: here })]);
  vi.advanceTimersByTime(200);
  expect(sent).toEqual([
    presence(false, { a: here, b: here }),
    presence(false, { a: null, c: here }),
  ]);
});

test.each([
  [presence(false, { a: here }), presence(false, { b: null }), { a: here, b: null }, false],
  [presence(true, { a: here }), presence(false, { a: null }), { a: null }, true],
  [presence(false, { a: here }), presence(true, { b: here }), { b: here }, true],
])('changes that wait are joined', (earlier, later, bridgePoints, full) => {
  expect(joinSignals(earlier, later).value).toEqual({ full, bridgePoints });
});
