import type { FeedTier, MicrophoneState } from '@nhip-cau/shared/protocol/media';

/** What a bridge point's feed costs and lets through in each tier. */
export interface FeedMedia {
  readonly microphone: MicrophoneState;
  readonly camera: 'closed' | 'open';
  /** Highest simulcast layer that the publisher sends: 0 smallest … 2 largest. */
  readonly maxSpatialLayer: 0 | 2;
  /** Receivers' consumers: none, made and paused, or flowing. */
  readonly consumers: 'none' | 'paused' | 'flowing';
}

export const feedMedia: Readonly<Record<FeedTier, FeedMedia>> = {
  standby: { microphone: 'closed', camera: 'closed', maxSpatialLayer: 0, consumers: 'none' },
  onDeck: { microphone: 'closed', camera: 'closed', maxSpatialLayer: 2, consumers: 'paused' },
  onAir: { microphone: 'open', camera: 'open', maxSpatialLayer: 2, consumers: 'flowing' },
};

export type FeedStep =
  | 'closeMicrophone'
  | 'closeCamera'
  | 'openMicrophone'
  | 'openCamera'
  | 'tellPublisher'
  | 'allotReceivers';

const fall: readonly FeedStep[] = [
  'closeMicrophone',
  'closeCamera',
  'tellPublisher',
  'allotReceivers',
];
// The publisher hears that it is open before it is: never believed closed while it is open. The
// receivers' streams flow before the camera opens, so that its first key frame serves them all.
const rise: readonly FeedStep[] = [
  'tellPublisher',
  'allotReceivers',
  'openMicrophone',
  'openCamera',
];

/**
 * The steps from one tier to another, in order. Each step is idempotent, and a tier's own row
 * repairs it (a new producer, a new receiver). Standby straight to on air is a rebuild after a
 * crash or a publisher's return during its turn; whether a turn may be called is the domain's.
 */
export const feedTransitions: Readonly<Record<FeedTier, Record<FeedTier, readonly FeedStep[]>>> = {
  standby: { standby: fall, onDeck: fall, onAir: rise },
  onDeck: { standby: fall, onDeck: fall, onAir: rise },
  onAir: { standby: fall, onDeck: fall, onAir: rise },
};

/** A step that is a feed's own; the room allots the receivers of all feeds at once. */
export type OwnStep = Exclude<FeedStep, 'allotReceivers'>;

/** A transition's steps before the receivers are allotted, and those after. */
export function feedSteps(from: FeedTier, to: FeedTier): { before: OwnStep[]; after: OwnStep[] } {
  const steps = feedTransitions[from][to];
  const allot = steps.indexOf('allotReceivers');
  const own = (part: readonly FeedStep[]) => part.filter((step) => step !== 'allotReceivers');
  return { before: own(steps.slice(0, allot)), after: own(steps.slice(allot)) };
}
