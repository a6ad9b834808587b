/** Packets a second, and the CPU of each of them in microseconds. */
export interface Load {
  readonly packetsPerSecond: number;
  readonly cpuUs: number;
}

/**
 * What one more packet costs, in microseconds: the slope of CPU a second over packets a second, by
 * least squares. What a process does without packets is no part of it. `NaN` of fewer than two.
 */
export function slopeOf(loads: readonly Load[]): number {
  if (loads.length < 2) return NaN;
  const xs = loads.map(({ packetsPerSecond }) => packetsPerSecond);
  const ys = loads.map(({ packetsPerSecond, cpuUs }) => packetsPerSecond * cpuUs);
  const meanX = mean(xs);
  const meanY = mean(ys);
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  return xs.reduce((sum, x, at) => sum + (x - meanX) * (ys[at]! - meanY), 0) / spread;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
