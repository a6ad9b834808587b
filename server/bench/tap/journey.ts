import { writeRtpHead } from '../../load/media/rtp.ts';
import { Random } from '../../simulator/random.ts';
import { clockRate, packetTicks, payloadType, type Sound } from './sound.ts';

const ssrc = 0x7a7a;

export interface JourneyOptions {
  /** What is said again and again. */
  sound: Sound;
  seconds: number;
  /** Share of packets that never arrive. */
  loss: number;
  /** How much faster the sender's clock runs than ours, in millionths. */
  driftPpm: number;
  /** A packet takes at least so long, and up to so much longer, in ms. */
  delayMs: number;
  jitterMs: number;
  /** Each so many seconds nothing is sent for `pauseSeconds` (discontinuous transmission). */
  pauseEverySeconds: number;
  pauseSeconds: number;
  seed: string;
}

export interface Arrival {
  packet: Buffer;
  /** By our clock, ms since the sound began. */
  atMs: number;
}

export interface Journey {
  /** In the order in which they arrive. */
  arrivals: Arrival[];
  /** When each burst began whose first packet was not lost: of another nobody can know it. */
  truthMs: number[];
  /** Samples of 16 kHz from the first packet to the end of the last. */
  samples: number;
}

/** A microphone's packets on a bad line, from a clock of its own. */
export function journeyOf(options: JourneyOptions): Journey {
  const { sound, seconds, loss, driftPpm, delayMs, jitterMs, seed } = options;
  const random = new Random(seed);
  const ours = (senderMs: number) => senderMs / (1 + driftPpm / 1e6);
  const isPause = (ms: number) =>
    ms % (options.pauseEverySeconds * 1_000) >=
    (options.pauseEverySeconds - options.pauseSeconds) * 1_000;
  const count = Math.floor((seconds * clockRate) / packetTicks);
  const packetMs = (packetTicks * 1_000) / clockRate;
  const arrivals: Arrival[] = [];
  const lost = new Set<number>();
  let sequence = 0;
  for (let at = 0; at < count; at += 1) {
    const sentMs = (at + 1) * packetMs;
    const isEdge = at === 0 || at === count - 1;
    if (!isEdge && isPause(at * packetMs)) continue;
    sequence += 1;
    if (!isEdge && random.next() < loss) {
      lost.add(at);
      continue;
    }
    const payload = sound.packets[at % sound.packets.length]!;
    const packet = Buffer.concat([Buffer.alloc(12), payload]);
    const timestamp = at * packetTicks;
    // The first one is before all others: the tap's time begins with it.
    const lateMs = at === 0 ? 0 : random.next() ** 3 * jitterMs;
    writeRtpHead(packet, { payloadType, marker: false, sequence, timestamp, ssrc });
    arrivals.push({ packet, atMs: ours(sentMs) + delayMs + lateMs });
  }
  arrivals.sort((a, b) => a.atMs - b.atMs);
  const lengthMs = sound.packets.length * packetMs;
  const truthMs: number[] = [];
  for (let turn = 0; turn * lengthMs < seconds * 1_000; turn += 1) {
    for (const { startMs, endMs } of sound.bursts) {
      const [from, to] = [turn * lengthMs + startMs, turn * lengthMs + endMs];
      const isWhole = to < seconds * 1_000 && !isPause(from) && !isPause(to);
      if (isWhole && !lost.has(Math.floor(from / packetMs))) truthMs.push(ours(from));
    }
  }
  return { arrivals, truthMs, samples: (count * packetTicks * 16_000) / clockRate };
}
