import { readVp8, type ReceptionReport, type RtpPacket } from './rtp.ts';

/** How long a lost packet is asked for before the picture goes on without it, in ms. */
const giveUpMs = 1_000;
/** Between two requests for the same packet or for a key frame, in ms. */
const askAgainMs = 120;
const askKeyFrameMs = 400;
/** More than ever wait behind a lost packet. */
const mostWaiting = 1_000;
/** A picture that stands so much longer than usual is frozen (W3C webrtc-stats, freezeCount). */
const freezeBeyondMs = 150;

export interface ReceptionFigures {
  packets: number;
  /** Never arrived, not even when asked for again. */
  lost: number;
  /** Whole pictures that could be decoded. */
  frames: number;
  keyFrames: number;
  freezes: number;
  frozenMs: number;
}

/** What a reception wants to tell the sender. */
export interface Requests {
  /** Sequence numbers to be sent again. */
  again: number[];
  keyFrame: boolean;
}

/** One consumer's packets, counted; a picture's put in order. Times in ms of any steady clock. */
export interface Reception {
  readonly figures: ReceptionFigures;
  take(packet: RtpPacket, now: number): void;
  /** What to ask for now; call it regularly. */
  requests(now: number): Requests;
  report(): Pick<ReceptionReport, 'lostShare' | 'lost' | 'highestSequence'>;
  /** What comes after a pause joins on to nothing. */
  restart(): void;
}

const none: Requests = { again: [], keyFrame: false };
export const noFigures = (): ReceptionFigures => ({
  packets: 0,
  lost: 0,
  frames: 0,
  keyFrames: 0,
  freezes: 0,
  frozenMs: 0,
});

export function addFigures(one: ReceptionFigures, other: ReceptionFigures): ReceptionFigures {
  const sum = { ...one };
  for (const name of Object.keys(sum) as (keyof ReceptionFigures)[]) sum[name] += other[name];
  return sum;
}

/** Sequence numbers of 16 bits as numbers that go on rising (RFC 3550 §A.1). */
class SequenceLine {
  #highest: number | null = null;

  get highest(): number {
    return this.#highest ?? 0;
  }

  extend(sequence: number): number {
    if (this.#highest === null) return (this.#highest = 0x1_0000 + sequence);
    const distance = ((sequence - this.#highest) << 16) >> 16;
    const extended = this.#highest + distance;
    this.#highest = Math.max(this.#highest, extended);
    return extended;
  }

  restart(): void {
    this.#highest = null;
  }
}

/** Sound: counted. Opus hides what is lost, so nothing is asked for again. */
export class SoundReception implements Reception {
  readonly figures = noFigures();
  readonly #line = new SequenceLine();
  #first: number | null = null;
  #counted = 0;

  take({ sequence }: RtpPacket): void {
    const extended = this.#line.extend(sequence);
    this.#first ??= extended;
    this.figures.packets += 1;
    this.#counted += 1;
    this.figures.lost = Math.max(0, this.#line.highest - this.#first + 1 - this.#counted);
  }

  requests(): Requests {
    return none;
  }

  report() {
    return { lostShare: 0, lost: this.figures.lost, highestSequence: this.#line.highest };
  }

  restart(): void {
    this.#line.restart();
    this.#first = null;
    this.#counted = 0;
  }
}

interface Waiting {
  readonly marker: boolean;
  readonly isStart: boolean;
  readonly isKey: boolean;
}

interface Missing {
  readonly since: number;
  askedAt: number;
}

/** A VP8 picture: whole frames in order, each decodable only if nothing before it is missing. */
export class PictureReception implements Reception {
  readonly figures = noFigures();
  readonly #onFrame: (now: number, isKey: boolean) => void;
  readonly #line = new SequenceLine();
  readonly #waiting = new Map<number, Waiting>();
  readonly #missing = new Map<number, Missing>();
  #next: number | null = null;
  /** Whether the frame that is being put together began with its first packet and can be decoded. */
  #frame: 'none' | 'broken' | 'good' | 'key' = 'none';
  #isDecodable = false;
  #keyFrameAskedAt = -Infinity;
  #lastFrameAt: number | null = null;
  #usualMs = 0;
  #reported = { expected: 0, lost: 0 };
  #expected = 0;

  /** `onFrame`: told of each whole picture that a decoder could show. */
  constructor(onFrame: (now: number, isKey: boolean) => void = () => {}) {
    this.#onFrame = onFrame;
  }

  take(packet: RtpPacket, now: number): void {
    // Empty ones probe the line, and count in its sequence all the same.
    const vp8 = readVp8(packet.payload) ?? { isStart: false, isKey: false };
    const before = this.#line.highest;
    const sequence = this.#line.extend(packet.sequence);
    this.#next ??= sequence;
    this.figures.packets += 1;
    this.#missing.delete(sequence);
    if (sequence < this.#next) return;
    if (before > 0) {
      for (let gap = Math.max(before + 1, this.#next); gap < sequence; gap += 1) {
        this.#missing.set(gap, { since: now, askedAt: -Infinity });
      }
    }
    this.#expected += Math.max(0, sequence - Math.max(before, this.#next - 1));
    this.#waiting.set(sequence, { marker: packet.marker, ...vp8 });
    this.#advance(now);
    if (this.#waiting.size > mostWaiting) this.#skip(now);
  }

  requests(now: number): Requests {
    const again: number[] = [];
    for (const [sequence, missing] of this.#missing) {
      if (now - missing.since > giveUpMs) {
        this.#skip(now);
        break;
      }
      if (now - missing.askedAt < askAgainMs) continue;
      missing.askedAt = now;
      again.push(sequence & 0xffff);
    }
    const keyFrame =
      this.#next !== null && !this.#isDecodable && now - this.#keyFrameAskedAt >= askKeyFrameMs;
    if (keyFrame) this.#keyFrameAskedAt = now;
    return { again, keyFrame };
  }

  report() {
    const expected = this.#expected - this.#reported.expected;
    const lost = this.figures.lost - this.#reported.lost;
    this.#reported = { expected: this.#expected, lost: this.figures.lost };
    const lostShare = expected > 0 ? Math.min(1, lost / expected) : 0;
    return { lostShare, lost: this.figures.lost, highestSequence: this.#line.highest };
  }

  restart(): void {
    this.#line.restart();
    this.#waiting.clear();
    this.#missing.clear();
    this.#next = null;
    this.#frame = 'none';
    this.#isDecodable = false;
    this.#lastFrameAt = null;
    this.#keyFrameAskedAt = -Infinity;
  }

  #advance(now: number): void {
    for (;;) {
      const packet = this.#waiting.get(this.#next!);
      if (!packet) return;
      this.#waiting.delete(this.#next!);
      this.#next! += 1;
      this.#put(packet, now);
    }
  }

  #put({ marker, isStart, isKey }: Waiting, now: number): void {
    if (isStart) this.#frame = isKey ? 'key' : this.#isDecodable ? 'good' : 'broken';
    if (!marker) return;
    if (this.#frame === 'key') this.#isDecodable = true;
    if (this.#frame === 'key' || this.#frame === 'good') this.#show(now, this.#frame === 'key');
    this.#frame = 'none';
  }

  #show(now: number, isKey: boolean): void {
    this.figures.frames += 1;
    if (isKey) this.figures.keyFrames += 1;
    if (this.#lastFrameAt !== null) {
      const ms = now - this.#lastFrameAt;
      if (this.#usualMs > 0 && ms > Math.max(3 * this.#usualMs, this.#usualMs + freezeBeyondMs)) {
        this.figures.freezes += 1;
        this.figures.frozenMs += ms;
      } else {
        this.#usualMs += (ms - this.#usualMs) / (this.#usualMs === 0 ? 1 : 30);
      }
    }
    this.#lastFrameAt = now;
    this.#onFrame(now, isKey);
  }

  /** Goes on behind the first gap: what joins on to it cannot be decoded until a key frame comes. */
  #skip(now: number): void {
    const [to] = [...this.#waiting.keys()].sort((a, b) => a - b);
    const end = to ?? this.#line.highest + 1;
    for (let sequence = this.#next!; sequence < end; sequence += 1) {
      if (this.#missing.delete(sequence)) this.figures.lost += 1;
    }
    this.#next = end;
    this.#frame = 'none';
    this.#isDecodable = false;
    this.#advance(now);
  }
}
