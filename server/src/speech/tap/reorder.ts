import type { SoundPacket } from './rtp-packet.ts';

/** How long a packet that is missing is waited for, in ms: a listener's own buffer waits no longer. */
const holdMs = 100;
/** How many may wait for one that is missing. */
const maxHeld = 16;
/** RFC 3550 A.1: what is further away than these is a stream that begins anew. */
const maxDropout = 3_000;
const maxMisorder = 100;

/**
 * Puts one stream's packets in order, each once. What is missing is waited for a little, then it
 * counts as lost; what comes after that is dropped. It has no timer: time passes by `push` and
 * `expire`.
 */
export class ReorderBuffer {
  private readonly held = new Map<number, SoundPacket>();
  private ssrc: number | null = null;
  /** The one that is waited for; 16 bits, as are the keys of `held`. */
  private next = 0;
  /** What would follow a packet from far away: two in a row are a stream that begins anew. */
  private restart: number | null = null;

  /** Takes one, gives those that are in order now. */
  push(packet: SoundPacket): SoundPacket[] {
    if (packet.ssrc !== this.ssrc) return this.begin(packet);
    const ahead = signed16(packet.sequence - this.next);
    if (ahead > maxDropout || ahead < -maxMisorder) {
      if (packet.sequence === this.restart) return this.begin(packet);
      this.restart = (packet.sequence + 1) & 0xffff;
      return [];
    }
    this.restart = null;
    if (ahead < 0 || this.held.has(packet.sequence)) return [];
    this.held.set(packet.sequence, packet);
    return this.release(packet.arrivedAt);
  }

  /** Gives those that have waited long enough at `now`, epoch ms. */
  expire(now: number): SoundPacket[] {
    return this.release(now);
  }

  /** Gives all that wait. */
  flush(): SoundPacket[] {
    return this.release(Infinity);
  }

  private begin(packet: SoundPacket): SoundPacket[] {
    const before = this.flush();
    this.ssrc = packet.ssrc;
    this.next = (packet.sequence + 1) & 0xffff;
    this.restart = null;
    return [...before, packet];
  }

  private release(now: number): SoundPacket[] {
    const ready: SoundPacket[] = [];
    while (this.held.size > 0) {
      const packet = this.held.get(this.next);
      if (packet) {
        this.held.delete(this.next);
        this.next = (this.next + 1) & 0xffff;
        ready.push(packet);
      } else if (this.isOverdue(now)) this.next = this.nearest();
      else break;
    }
    return ready;
  }

  private isOverdue(now: number): boolean {
    if (this.held.size > maxHeld) return true;
    for (const { arrivedAt } of this.held.values()) if (arrivedAt + holdMs <= now) return true;
    return false;
  }

  private nearest(): number {
    let best = Infinity;
    for (const sequence of this.held.keys()) {
      best = Math.min(best, (sequence - this.next) & 0xffff);
    }
    return (this.next + best) & 0xffff;
  }
}

const signed16 = (value: number): number => (value << 16) >> 16;
