import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchTransport } from './transport-watch.ts';
import type { ConnectionState } from './transport-watch.ts';

let actions: string[];
let restartIce: () => Promise<void>;

beforeEach(() => {
  vi.useFakeTimers();
  actions = [];
  restartIce = () => Promise.resolve();
});
afterEach(() => {
  vi.useRealTimers();
});

/** States and waits in ms, in order. */
async function pass(...events: (ConnectionState | number)[]) {
  const watch = watchTransport({
    restartIce: () => {
      actions.push('restart');
      return restartIce();
    },
    giveUp: () => actions.push('give up'),
  });
  for (const event of events) {
    if (typeof event === 'string') watch.handleState(event);
    else await vi.advanceTimersByTimeAsync(event);
  }
  return watch;
}

describe('a watched transport', () => {
  it.each<[string, (ConnectionState | number)[], string[]]>([
    ['never connected yet', ['connecting', 10_000], []],
    ['connected', ['connecting', 'connected', 10_000], []],
    ['back within 2 s', ['connected', 'disconnected', 1_900, 'connected', 10_000], []],
    ['2 s away', ['connected', 'disconnected', 2_000], ['restart']],
    ['failed', ['connected', 'failed'], ['restart']],
    ['failed while disconnected', ['connected', 'disconnected', 500, 'failed', 2_000], ['restart']],
    ['saved by the restart', ['connected', 'failed', 4_900, 'connected', 10_000], ['restart']],
    ['not saved', ['connected', 'failed', 5_000, 10_000, 'failed'], ['restart', 'give up']],
    [
      'lost again later',
      ['connected', 'failed', 'connected', 60_000, 'disconnected', 2_000],
      ['restart', 'restart'],
    ],
  ])('%s', async (_, events, expected) => {
    await pass(...events);
    expect(actions).toEqual(expected);
  });

  it('gives up at once when the restart is refused', async () => {
    restartIce = () => Promise.reject(new Error('media.not_joined'));
    await pass('connected', 'failed', 0);
    expect(actions).toEqual(['restart', 'give up']);
  });

  it('does nothing after its close', async () => {
    const watch = await pass('connected', 'disconnected', 1_000);
    watch.close();
    await vi.advanceTimersByTimeAsync(10_000);
    watch.handleState('failed');
    expect(actions).toEqual([]);
  });
});

describe('a watch on what comes', () => {
  /** `[packets, responses, flows]` of each second. */
  async function read(...seconds: [packets: number, responses: number, flows?: boolean][]) {
    const watch = await pass('connected');
    let at = 0;
    for (const [packets, responses, flows = true] of seconds) {
      watch.handleReading({ at, packets, responses, flows });
      at += 1_000;
      await vi.advanceTimersByTimeAsync(1_000);
    }
    return watch;
  }

  it('leaves a path alone on which packets come', async () => {
    await read([1, 0], [2, 0], [3, 0], [4, 0], [5, 0]);
    expect(actions).toEqual([]);
  });

  it('tries a silent path anew after two seconds, once', async () => {
    await read([9, 0], [9, 0], [9, 1], [9, 2], [9, 3], [9, 4], [9, 5], [9, 6], [9, 7], [9, 8]);
    expect(actions).toEqual(['restart']);
  });

  it('tries it anew again at the next silence', async () => {
    await read([9, 0], [9, 1], [9, 2], [10, 3], [10, 4], [10, 5]);
    expect(actions).toEqual(['restart', 'restart']);
  });

  it('gives up a path on which ICE has no answers either', async () => {
    await read([9, 5], [9, 5], [9, 5], [9, 5], [9, 5], [9, 5], [9, 5], [9, 5]);
    expect(actions).toEqual(['restart', 'give up']);
  });

  it('expects nothing where nothing flows', async () => {
    await read([9, 0, false], [9, 0, false], [9, 0, false], [9, 0, false], [9, 0], [9, 0]);
    expect(actions).toEqual([]);
  });

  it('tries the paths anew at once when the network changes', async () => {
    const watch = await pass('connected');
    watch.handleNetworkChange();
    expect(actions).toEqual(['restart']);
  });

  it('waits with a change of the network for the first connection', async () => {
    const watch = await pass('connecting');
    watch.handleNetworkChange();
    expect(actions).toEqual([]);
  });
});
