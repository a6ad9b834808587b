import type { PictureState } from '@nhip-cau/shared/model/health';

/** A picture is judged on so many points: enough to tell a hall from a lid. */
export const probeWidth = 32;
export const probeHeight = 18;

/** Of 255: a covered lens is darker in its mean and in its lightest points. */
const blackMean = 16;
const blackPeak = 48;
/** Sensors flicker: a living camera differs by more than this from one look to the next. */
const liveDifference = 0.02;
/** Looks in a row without a difference after which a picture is frozen. */
const frozenLooks = 3;

/** Lightness of each point, 0 … 255, of RGBA pixels (ITU-R BT.601). */
export function lightness(rgba: Uint8ClampedArray): Float32Array {
  const points = new Float32Array(rgba.length / 4);
  for (let point = 0; point < points.length; point += 1) {
    const at = point * 4;
    points[point] = 0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!;
  }
  return points;
}

/** Says of one look after another whether the picture lives. */
export class PictureJudge {
  private before: Float32Array | null = null;
  private still = 0;

  look(points: Float32Array): Exclude<PictureState, 'off'> {
    const difference = this.before === null ? Infinity : meanDifference(this.before, points);
    this.before = points;
    this.still = difference > liveDifference ? 0 : this.still + 1;
    if (isBlack(points)) return 'black';
    return this.still >= frozenLooks ? 'frozen' : 'ok';
  }

  /** Another picture begins. */
  reset(): void {
    this.before = null;
    this.still = 0;
  }
}

function isBlack(points: Float32Array): boolean {
  const sorted = Float32Array.from(points).sort();
  const mean = points.reduce((sum, point) => sum + point, 0) / points.length;
  // The clock that some cameras write into a corner is no picture.
  const peak = sorted[Math.floor(sorted.length * 0.95)]!;
  return mean < blackMean && peak < blackPeak;
}

function meanDifference(before: Float32Array, now: Float32Array): number {
  let sum = 0;
  for (let point = 0; point < now.length; point += 1) sum += Math.abs(now[point]! - before[point]!);
  return sum / now.length;
}
