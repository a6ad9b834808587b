import { sampleRate } from '../engine.ts';

const samplesPerMs = sampleRate / 1_000;
/** How long one anchor holds: clocks of 50 ppm drift 1 ms meanwhile. */
const windowSamples = 20 * sampleRate;
/** After such a pause a new anchor begins: some senders' clocks stand still meanwhile. */
const pauseMs = 1_000;
/** How many anchors back a late stretch of the line can lie. */
const remembered = 4;

/** From `sample` on, a sample was heard at `epochMs` plus its distance from this one. */
export interface Anchor {
  sample: number;
  epochMs: number;
}

/**
 * Tells when a sample was spoken, by this machine's clock. Packets come late, never early: of each
 * window the one that came soonest counts, which also follows a sender's clock that runs fast or
 * slow. The sender reports that the SFU makes are drawn from the same arrivals.
 */
export class SoundClock {
  /** In order; the last one still becomes more exact. */
  readonly anchors: Anchor[];
  private lastArrivedAt = -Infinity;

  constructor(anchors: Anchor[] = []) {
    this.anchors = anchors;
  }

  /** The sound from `sample` on came at `arrivedAt` (epoch ms). Says whether an anchor is new. */
  handleArrival(sample: number, arrivedAt: number): boolean {
    const last = this.anchors.at(-1);
    const isPause = arrivedAt - this.lastArrivedAt > pauseMs;
    this.lastArrivedAt = arrivedAt;
    if (last && !isPause && sample < last.sample + windowSamples) {
      last.epochMs = Math.min(last.epochMs, arrivedAt - (sample - last.sample) / samplesPerMs);
      return false;
    }
    this.anchors.push({ sample, epochMs: arrivedAt });
    return true;
  }

  /** When `sample` was spoken, in epoch ms. There must be an anchor. */
  epochAt(sample: number): number {
    const { sample: from, epochMs } =
      this.anchors.findLast((anchor) => anchor.sample <= sample) ?? this.anchors[0]!;
    return epochMs + (sample - from) / samplesPerMs;
  }

  /** The newest sample that can have been spoken at `epochMs`, on the best stretch of the line. */
  newestAt(epochMs: number): number {
    let soonest = Infinity;
    for (const { sample, epochMs: at } of this.anchors.slice(-remembered)) {
      soonest = Math.min(soonest, at - sample / samplesPerMs);
    }
    return Math.round((epochMs - soonest) * samplesPerMs);
  }
}
