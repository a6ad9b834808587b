import { describe, expect, it } from 'vitest';
import { slopeOf } from './slope.ts';

describe('slopeOf', () => {
  it('is the cost of one more packet, without what the process does anyway', () => {
    const idleUsPerSecond = 5_000;
    const loads = [1_000, 2_000, 8_000].map((packetsPerSecond) => ({
      packetsPerSecond,
      cpuUs: (idleUsPerSecond + 20 * packetsPerSecond) / packetsPerSecond,
    }));
    expect(slopeOf(loads)).toBeCloseTo(20, 6);
  });

  it('cannot be had of one point', () => {
    expect(slopeOf([{ packetsPerSecond: 1_000, cpuUs: 20 }])).toBeNaN();
  });
});
