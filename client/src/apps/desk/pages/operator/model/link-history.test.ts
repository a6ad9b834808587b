import type { HallHealth, PageHealth } from '@nhip-cau/shared/model/health';
import { describe, expect, it } from 'vitest';
import { historyMs, LinkHistory, stepsOf } from './link-history.ts';

const told = (upKbps: number | null, upLossPercent: number | null): HallHealth => ({
  computer: { upKbps, upLossPercent, downLossPercent: 1 } as PageHealth,
  screen: null,
});

describe('a hall’s line over time', () => {
  it('is what was told as it changed, and that nothing is told any more', () => {
    const history = new LinkHistory();
    const first = { a: told(1_000, 0), b: told(500, 8) };
    history.take(first, 0);
    history.take({ ...first }, 1_000);
    history.take({ ...first, a: told(400, 3) }, 2_000);
    history.take({}, 3_000);
    expect(history.of('a', 3_000)).toEqual([
      { at: 0, upKbps: 1_000, lossPercent: 1 },
      { at: 2_000, upKbps: 400, lossPercent: 3 },
      { at: 3_000, upKbps: null, lossPercent: null },
    ]);
    expect(history.of('b', 3_000)).toHaveLength(2);
    expect(history.of('c', 3_000)).toEqual([]);
  });

  it('keeps what still held when the time that is shown began', () => {
    const history = new LinkHistory();
    history.take({ a: told(1_000, 0) }, 0);
    history.take({ a: told(900, 0) }, 1_000);
    expect(history.of('a', historyMs + 5_000).map(({ upKbps }) => upKbps)).toEqual([900]);
  });

  it('is drawn in steps, with a gap where nothing was measured', () => {
    const points = [
      { at: 0, value: 50 },
      { at: historyMs / 2, value: null },
      { at: historyMs * 0.75, value: 200 },
    ];
    expect(stepsOf(points, historyMs, 100, 100)).toEqual(['0,0.5 50,0.5', '75,0 100,0']);
  });
});
