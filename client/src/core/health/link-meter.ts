import type { PageHealth } from '@nhip-cau/shared/model/health';

export type LinkFigures = Pick<
  PageHealth,
  'upKbps' | 'downKbps' | 'upLossPercent' | 'downLossPercent' | 'rttMs' | 'freezes'
>;

/** An entry of a browser's statistics, as far as it is read here (W3C webrtc-stats). */
export interface StatsEntry {
  readonly id: string;
  readonly type: string;
  readonly kind?: string;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly availableOutgoingBitrate?: number;
  readonly availableIncomingBitrate?: number;
  readonly currentRoundTripTime?: number;
  readonly packetsSent?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly freezeCount?: number;
}

interface Counts {
  sent: number;
  sentLost: number;
  received: number;
  receivedLost: number;
  freezes: number;
}

const freezeWindowMs = 60_000;

/** What the line does, from the statistics of what is sent and received, one look after another. */
export class LinkMeter {
  private before: Counts | null = null;
  private freezes: { at: number; count: number }[] = [];

  /** `sent` and `received`: reports of what goes either way; `now` in ms. */
  take(sent: readonly StatsEntry[], received: readonly StatsEntry[], now: number): LinkFigures {
    const counts = countsOf(sent, received);
    const { before } = this;
    this.before = counts;
    // Counters that began anew say nothing of the time between.
    const isComparable = before !== null && before.sent <= counts.sent;
    const since = (key: keyof Counts) =>
      isComparable ? Math.max(0, counts[key] - before[key]) : 0;
    const newFreezes = since('freezes');
    if (newFreezes > 0) this.freezes.push({ at: now, count: newFreezes });
    this.freezes = this.freezes.filter(({ at }) => at > now - freezeWindowMs);
    const pairs = [...sent, ...received].filter(isUsedPair);
    return {
      upKbps: kbps(most(sent.filter(isUsedPair), 'availableOutgoingBitrate')),
      downKbps: kbps(most(received.filter(isUsedPair), 'availableIncomingBitrate')),
      upLossPercent: share(since('sentLost'), since('sent')),
      downLossPercent: share(since('receivedLost'), since('received') + since('receivedLost')),
      rttMs: milliseconds(most(pairs, 'currentRoundTripTime')),
      freezes: this.freezes.reduce((sum, { count }) => sum + count, 0),
    };
  }
}

function countsOf(sent: readonly StatsEntry[], received: readonly StatsEntry[]): Counts {
  const sum = (entries: readonly StatsEntry[], type: string, key: keyof StatsEntry) =>
    entries
      .filter((entry) => entry.type === type)
      .reduce((total, entry) => total + Number(entry[key] ?? 0), 0);
  return {
    sent: sum(sent, 'outbound-rtp', 'packetsSent'),
    sentLost: sum(sent, 'remote-inbound-rtp', 'packetsLost'),
    received: sum(received, 'inbound-rtp', 'packetsReceived'),
    receivedLost: sum(received, 'inbound-rtp', 'packetsLost'),
    freezes: sum(received, 'inbound-rtp', 'freezeCount'),
  };
}

const isUsedPair = ({ type, nominated, state }: StatsEntry) =>
  type === 'candidate-pair' && nominated === true && state === 'succeeded';

type Measure = 'availableOutgoingBitrate' | 'availableIncomingBitrate' | 'currentRoundTripTime';

function most(entries: readonly StatsEntry[], key: Measure): number | null {
  const values = entries.map((entry) => entry[key]).filter((value) => value !== undefined);
  return values.length > 0 ? Math.max(...values) : null;
}

const kbps = (bps: number | null) => (bps === null ? null : Math.round(bps / 1_000));
const milliseconds = (seconds: number | null) =>
  seconds === null ? null : Math.round(seconds * 1_000);
/** Percent of so few packets would be chance. */
const leastPackets = 20;
const share = (lost: number, of: number) =>
  of < leastPackets ? null : Math.min(100, Math.round((100 * lost) / of));
