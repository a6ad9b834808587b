import { describe, expect, it } from 'vitest';
import { deviceToReturn } from './device-return.ts';
import type { LostDevice } from './device-return.ts';

const choices = (...ids: string[]) => ids.map((deviceId) => ({ deviceId, label: deviceId }));

describe('a device that was pulled out', () => {
  it.each<[string, LostDevice, string[], { deviceId: string | undefined } | undefined]>([
    ['is not back', { deviceId: 'a', chosenId: 'a' }, ['b'], undefined],
    ['is back', { deviceId: 'a', chosenId: 'a' }, ['b', 'a'], { deviceId: 'a' }],
    [
      'is back, which nobody chose',
      { deviceId: 'a', chosenId: null },
      ['b', 'a'],
      { deviceId: 'a' },
    ],
    [
      'gives way to another where nobody chose',
      { deviceId: 'a', chosenId: null },
      ['b'],
      { deviceId: undefined },
    ],
    ['has no follower', { deviceId: 'a', chosenId: null }, [], undefined],
    ['gives way to the chosen one', { deviceId: 'b', chosenId: 'a' }, ['a'], { deviceId: 'a' }],
    [
      'without a name is waited for by the choice',
      { deviceId: undefined, chosenId: 'a' },
      ['b'],
      undefined,
    ],
    [
      'without a name and choice is any',
      { deviceId: undefined, chosenId: null },
      ['b'],
      { deviceId: undefined },
    ],
  ])('%s', (_, lost, present, expected) => {
    expect(deviceToReturn(lost, choices(...present))).toEqual(expected);
  });
});
