import type { MediaNotifications } from '@nhip-cau/shared/protocol/media';
import { beforeEach, describe, expect, it } from 'vitest';
import { Receptions } from './receptions.ts';

const soon = 2_000;
let receptions: Receptions;

beforeEach(() => {
  receptions = new Receptions({ onFrame: () => {}, onSound: () => {} }, () => {});
});

function offer(consumerId: string, ssrc: number): void {
  receptions.accept({
    consumerId,
    producerId: `of ${consumerId}`,
    bridgePointId: 'hall-a',
    source: 'camera',
    kind: 'video',
    rtpParameters: { encodings: [{ ssrc }] },
  } as MediaNotifications['media:consumer']);
}

const flows = (consumerId: string) => ({ consumerId, paused: false });
/** Whether something should have come, a good while from now. */
const expects = () => receptions.isExpecting(performance.now() + soon + 1, soon);

describe('what a bridge point waits for', () => {
  it('is what flows, for as long as it was said to', () => {
    offer('one', 1);
    expect(expects()).toBe(false);
    receptions.handleState({ consumers: [flows('one')] });
    expect(receptions.isExpecting(performance.now(), soon)).toBe(false);
    expect(expects()).toBe(true);
    receptions.handleState({ consumers: [{ consumerId: 'one', paused: true }] });
    expect(expects()).toBe(false);
  });

  it.each<[string, () => void]>([
    ['by itself', () => receptions.end(['one'])],
    [
      'as others change',
      () =>
        receptions.handleState({
          consumers: [{ consumerId: 'two', paused: true }],
          closed: ['one'],
        }),
    ],
  ])('is no more what was closed %s', (_how, close) => {
    offer('one', 1);
    offer('two', 2);
    receptions.handleState({ consumers: [flows('one')] });
    close();
    expect(expects()).toBe(false);
  });
});
