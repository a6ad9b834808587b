import type { HallHealth } from '@nhip-cau/shared/model/health';

export interface LinkPoint {
  at: number;
  upKbps: number | null;
  lossPercent: number | null;
}

/** So long a hall's line is kept, in ms. */
export const historyMs = 10 * 60_000;

/** The course of each hall's line, from what it told as it changed. */
export class LinkHistory {
  private readonly halls = new Map<string, LinkPoint[]>();
  private readonly known = new Map<string, HallHealth | null>();

  /** Takes in what was told by `now` (ms); what is the same object as before is not new. */
  take(health: Readonly<Record<string, HallHealth>>, now: number): void {
    for (const [id, told] of Object.entries(health)) this.note(id, told, now);
    for (const id of this.known.keys()) if (!(id in health)) this.note(id, null, now);
  }

  /** Points of the last ten minutes, oldest first; each holds until the next one. */
  of(id: string, now: number): LinkPoint[] {
    const points = this.halls.get(id) ?? [];
    const first = points.findLastIndex(({ at }) => at <= now - historyMs);
    return points.slice(Math.max(first, 0));
  }

  private note(id: string, told: HallHealth | null, now: number): void {
    if (this.known.get(id) === told) return;
    this.known.set(id, told);
    const { upKbps = null, upLossPercent = null, downLossPercent = null } = told?.computer ?? {};
    const losses = [upLossPercent, downLossPercent].filter((loss) => loss !== null);
    const lossPercent = losses.length > 0 ? Math.max(...losses) : null;
    this.halls.set(id, [...this.of(id, now), { at: now, upKbps, lossPercent }]);
  }
}

/**
 * The points of a line in a box of `width` × 1, as the `points` of an SVG polyline, step by step;
 * one list for each stretch that was measured. `most` is at the top.
 */
export function stepsOf(
  points: readonly { at: number; value: number | null }[],
  now: number,
  width: number,
  most: number,
): string[] {
  const x = (at: number) => round(Math.max(0, (1 - (now - at) / historyMs) * width));
  const lines: string[][] = [];
  let isOpen = false;
  points.forEach(({ at, value }, place) => {
    if (value === null) return (isOpen = false);
    const y = round(1 - Math.min(value, most) / most);
    const until = points[place + 1]?.at ?? now;
    if (!isOpen) lines.push([]);
    lines.at(-1)!.push(`${x(at)},${y}`, `${x(until)},${y}`);
    return (isOpen = true);
  });
  return lines.map((line) => line.join(' '));
}

const round = (value: number) => Math.round(value * 1_000) / 1_000;
