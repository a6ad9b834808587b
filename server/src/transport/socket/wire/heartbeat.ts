import { pingFrame } from './packets.ts';

/** A line, as far as its life is watched here. */
export interface Beating {
  /** Its place here. */
  slot: number;
  /** A ping went out and nothing came since. */
  isAwaited: boolean;
  /** Turns without a sign of life, while something still waited to leave. */
  silentTurns: number;
  readonly queuedBytes: number;
  pass(frame: Buffer): unknown;
  cut(): void;
}

export const pingIntervalMs = 10_000;
export const pingTimeoutMs = 8_000;
const tickMs = 100;
const slotCount = pingIntervalMs / tickMs;
const patience = pingTimeoutMs / tickMs;
/** Turns that a line is left with, while what was sent to it still waits to leave. */
const maxSilentTurns = 5;

/**
 * Pings every line each 10 s and cuts those that have not stirred 8 s later. One timer for all,
 * a hundredth of the lines at a time: so many timers would cost memory, and so many pings in one
 * moment would hold everything else up.
 */
export class Heartbeat {
  private readonly slots = Array.from({ length: slotCount }, () => new Set<Beating>());
  private tick = 0;
  private timer: NodeJS.Timeout | null = null;

  start(): void {
    // Counted in ticks, not by the clock: after a pause of the whole process nobody is cut who had
    // no chance to answer.
    this.timer = setTimeout(() => {
      this.beat();
      this.start();
    }, tickMs);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  add(line: Beating): void {
    line.slot = this.tick % slotCount;
    this.slots[line.slot]!.add(line);
  }

  remove(line: Beating): void {
    this.slots[line.slot]!.delete(line);
  }

  beat(): void {
    this.tick += 1;
    for (const line of this.slots[this.tick % slotCount]!) {
      line.isAwaited = true;
      line.pass(pingFrame);
    }
    for (const line of this.slots[(this.tick + slotCount - patience) % slotCount]!) {
      if (!line.isAwaited) continue;
      // A slow line answers the ping only when it has read all that stands before it.
      if (line.queuedBytes > 0 && line.silentTurns < maxSilentTurns) line.silentTurns += 1;
      else line.cut();
    }
  }
}
