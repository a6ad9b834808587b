/** From `atMs` of a track's own time on, it is `epochMs` + its own time. */
export interface ClockPoint {
  atMs: number;
  epochMs: number;
}

/** How long one point holds, in ms: cameras' clocks drift by some 50 ms in a quarter of an hour. */
const windowMs = 60_000;

/**
 * Tells when a track's own time was, by this machine's clock. Packets come late, never early: of
 * each minute the one that came soonest counts.
 */
export class WallClock {
  readonly points: ClockPoint[] = [];

  /** A packet of the track's time `atMs` came at `arrivedAt` (epoch ms). Says if a point is new. */
  handlePacket(atMs: number, arrivedAt: number): boolean {
    const epochMs = arrivedAt - atMs;
    const point = this.points.at(-1);
    if (point && atMs < point.atMs + windowMs) {
      point.epochMs = Math.min(point.epochMs, epochMs);
      return false;
    }
    this.points.push({ atMs, epochMs });
    return true;
  }
}

/** The track's own time at `epochMs`. `points` in order, at least one. */
export function trackTimeAt(points: readonly ClockPoint[], epochMs: number): number {
  const point = points.findLast(({ atMs, epochMs: base }) => base + atMs <= epochMs) ?? points[0];
  return epochMs - (point?.epochMs ?? 0);
}
