import type { types } from 'mediasoup';
import type { Feed } from './feed.ts';

export interface StreamQuality {
  readonly bitrateKbps: number;
  /** Of the newest interval, 0 … 1. */
  readonly lossFraction: number;
  /** RTCP interarrival jitter, in RTP timestamp units (RFC 3550 §6.4.1). */
  readonly jitter: number;
  /** mediasoup's own mark of the stream, 0 none … 10 perfect. */
  readonly score: number;
  /** Simulcast layer, where there is one. */
  readonly rid?: string;
}

/** What the server receives of a feed; a kind that is not published is an empty list. */
export interface FeedQuality {
  readonly audio: readonly StreamQuality[];
  readonly video: readonly StreamQuality[];
}

export async function feedQuality(feed: Feed | undefined): Promise<FeedQuality> {
  const [audio, video] = await Promise.all([
    streams(feed?.producer('audio')),
    streams(feed?.producer('video')),
  ]);
  return { audio, video };
}

async function streams(producer: types.Producer | undefined): Promise<StreamQuality[]> {
  if (!producer || producer.closed) return [];
  const stats = await producer.getStats();
  return stats.map(({ bitrate, fractionLost, jitter, score, rid }) => ({
    bitrateKbps: bitrate / 1000,
    // RFC 3550 gives the fraction in 256ths.
    lossFraction: fractionLost / 256,
    jitter,
    score,
    ...(rid ? { rid } : {}),
  }));
}
