import { describe, expect, it } from 'vitest';
import { rmsDbfs, silenceDbfs } from './level.ts';

describe('rmsDbfs', () => {
  it.each([
    ['a full-scale square wave', [1, -1, 1, -1], 0],
    ['half of it', [0.5, -0.5], -6.02],
    [
      'a full-scale sine',
      Array.from({ length: 480 }, (_, i) => Math.sin((i * Math.PI) / 24)),
      -3.01,
    ],
    ['silence', [0, 0], silenceDbfs],
    ['next to silence', [1e-9], silenceDbfs],
    ['nothing', [], silenceDbfs],
  ])('of %s', (_, samples, expectedDbfs) => {
    expect(rmsDbfs(Float32Array.from(samples))).toBeCloseTo(expectedDbfs, 1);
  });
});
