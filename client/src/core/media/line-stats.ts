import type { LineSample } from './ladder.ts';

/** Counters of one receiving transport since it was opened. */
export interface LineCounts {
  /** ms on any steady clock. */
  readonly at: number;
  readonly received: number;
  readonly lost: number;
  readonly samples: number;
  readonly concealed: number;
  readonly frozenMs: number;
}

/** The fields of W3C webrtc-stats that are read here. */
export type Stat = Readonly<{ type: string } & Partial<Record<StatField, number>>> & {
  readonly kind?: string;
  readonly trackIdentifier?: string;
  readonly nominated?: boolean;
};
type StatField =
  | 'packetsReceived'
  | 'packetsLost'
  | 'totalSamplesReceived'
  | 'concealedSamples'
  | 'silentConcealedSamples'
  | 'totalFreezesDuration'
  | 'responsesReceived'
  | 'timestamp';

/** The packets by which the SFU probes the line belong to no stream. */
const probator = 'probator';

/** What the browser counted of all that it receives. */
export function readLine(stats: Iterable<Stat>, at: number): LineCounts {
  const counts = { at, received: 0, lost: 0, samples: 0, concealed: 0, frozenMs: 0 };
  for (const stat of stats) {
    if (stat.type !== 'inbound-rtp' || stat.trackIdentifier === probator) continue;
    counts.received += stat.packetsReceived ?? 0;
    counts.lost += Math.max(0, stat.packetsLost ?? 0);
    counts.samples += stat.totalSamplesReceived ?? 0;
    // What is made up while nobody speaks is heard by nobody.
    counts.concealed += (stat.concealedSamples ?? 0) - (stat.silentConcealedSamples ?? 0);
    counts.frozenMs += (stat.totalFreezesDuration ?? 0) * 1_000;
  }
  return counts;
}

/** The line between two readings; streams that ended between them count as nothing. */
export function sampleLine(before: LineCounts, now: LineCounts): LineSample {
  const grown = (counter: keyof LineCounts) => Math.max(0, now[counter] - before[counter]);
  const share = (part: number, whole: number) => (whole > 0 ? Math.min(1, part / whole) : 0);
  const elapsedMs = now.at - before.at;
  const packets = grown('received');
  const lost = grown('lost');
  return {
    elapsedMs,
    packets,
    lost: share(lost, lost + packets),
    concealed: share(grown('concealed'), grown('samples')),
    frozen: share(grown('frozenMs'), elapsedMs),
  };
}

/** Signs of life of one transport's path since it was opened. */
export interface PathCounts {
  /** Packets that came, of whatever kind. */
  readonly packets: number;
  /** Answers to ICE's own checks. */
  readonly responses: number;
}

export function readPath(stats: Iterable<Stat>): PathCounts {
  const counts = { packets: 0, responses: 0 };
  for (const stat of stats) {
    if (stat.type === 'transport') counts.packets += stat.packetsReceived ?? 0;
    if (stat.type === 'candidate-pair') counts.responses += stat.responsesReceived ?? 0;
  }
  return counts;
}
