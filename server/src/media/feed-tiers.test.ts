import { describe, expect, it } from 'vitest';
import type { FeedTier } from '@nhip-cau/shared/protocol/media';
import { feedMedia, feedTransitions } from './feed-tiers.ts';
import type { FeedMedia, FeedStep } from './feed-tiers.ts';

const tiers: FeedTier[] = ['standby', 'onDeck', 'onAir'];
const moves = tiers.flatMap((from) => tiers.map((to) => ({ from, to })));

/** What one step does to a feed that is on its way to `to`. */
function apply(media: FeedMedia, step: FeedStep, to: FeedTier): FeedMedia {
  switch (step) {
    case 'closeMicrophone':
      return { ...media, microphone: 'closed' };
    case 'openMicrophone':
      return { ...media, microphone: 'open' };
    case 'closeCamera':
      return { ...media, camera: 'closed' };
    case 'openCamera':
      return { ...media, camera: 'open' };
    case 'tellPublisher':
      return { ...media, maxSpatialLayer: feedMedia[to].maxSpatialLayer };
    case 'allotReceivers':
      return { ...media, consumers: feedMedia[to].consumers };
  }
}

describe('feed tiers', () => {
  it.each(moves)('$from to $to ends in what the tier says', ({ from, to }) => {
    const end = feedTransitions[from][to].reduce(
      (media, step) => apply(media, step, to),
      feedMedia[from],
    );
    expect(end).toEqual(feedMedia[to]);
  });

  it.each(moves.filter(({ to }) => to !== 'onAir'))(
    '$from to $to closes the microphone before anything else and opens nothing',
    ({ from, to }) => {
      const steps = feedTransitions[from][to];
      expect(steps[0]).toBe('closeMicrophone');
      expect(steps).not.toContain('openMicrophone');
      expect(steps).not.toContain('openCamera');
    },
  );

  it('opens a microphone on air only', () => {
    expect(tiers.filter((tier) => feedMedia[tier].microphone === 'open')).toEqual(['onAir']);
  });

  it.each(tiers)('tells the publisher of %s before its microphone opens', (from) => {
    const steps = feedTransitions[from].onAir;
    expect(steps.indexOf('tellPublisher')).toBeLessThan(steps.indexOf('openMicrophone'));
  });
});
