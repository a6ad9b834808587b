import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BusNodeValues } from '../../src/bus/node-values.ts';
import type { NodeLink } from '../../src/bus/node-link.ts';
import type { NodeValue } from '../../src/dialogue/nodes/ports.ts';
import { inProcessNodes, redisNodes, type TestNodes, until } from '../support/nodes.ts';

const implementations: [string, () => Promise<TestNodes>][] = [
  ['in process', inProcessNodes],
  ['over Redis', redisNodes],
];

describe.each(implementations)('the bus %s', (_name, create) => {
  let nodes: TestNodes;
  let one: NodeLink;
  let other: NodeLink;

  beforeAll(async () => {
    nodes = await create();
    one = await nodes.join();
    other = await nodes.join();
  });

  afterAll(async () => {
    await one.close();
    await other.close();
    await nodes.close();
  });

  it('brings what one node says to the others in order, and not to itself', async () => {
    const heard: [number, string][] = [];
    const echo: number[] = [];
    const end = other.bus.subscribe('commits', ({ seq }, from) => heard.push([seq, from]));
    one.bus.subscribe('commits', ({ seq }) => echo.push(seq));
    for (let seq = 1; seq <= 50; seq += 1) one.bus.publish('commits', { dialogueId: 'a', seq });
    await until(() => heard.length === 50);
    expect(heard.map(([seq]) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(new Set(heard.map(([, from]) => from))).toEqual(new Set([one.bus.nodeId]));
    expect(echo).toEqual([]);
    end();
  });

  it('keeps topics apart, and a listener that ended hears no more', async () => {
    const commits: number[] = [];
    const end = other.bus.subscribe('commits', ({ seq }) => commits.push(seq));
    const revoked = new Promise((resolve) => other.bus.subscribe('sessions', resolve));
    one.bus.publish('commits', { dialogueId: 'a', seq: 1 });
    await until(() => commits.length === 1);
    end();
    one.bus.publish('commits', { dialogueId: 'a', seq: 2 });
    one.bus.publish('sessions', { revoked: ['x'], accounts: [] });
    expect(await revoked).toEqual({ revoked: ['x'], accounts: [] });
    expect(commits).toEqual([1]);
  });

  it('shows every node the values of the others, also those from before it came', async () => {
    const [first, second] = [new BusNodeValues(one.bus), new BusNodeValues(other.bus)];
    const seen = watch(second);
    first.set('hall', { screens: 1 });
    await until(() => seen.get(`hall ${one.bus.nodeId}`) !== undefined);
    first.set('hall', { screens: 2 });
    first.set('gone', true);
    await until(() => seen.get(`gone ${one.bus.nodeId}`) === true);
    first.set('gone', null);
    await until(() => !seen.has(`gone ${one.bus.nodeId}`));
    expect(seen).toEqual(new Map([[`hall ${one.bus.nodeId}`, { screens: 2 }]]));

    const late = await nodes.join();
    const third = new BusNodeValues(late.bus);
    const seenLate = watch(third);
    await until(() => seenLate.size === 1);
    expect(seenLate).toEqual(seen);
    const seenLater = watch(third);
    await until(() => seenLater.size === 1);
    expect(seenLater).toEqual(seen);

    // What a node says goes with it.
    first.close();
    await until(() => seen.size + seenLate.size + seenLater.size === 0);
    expect(second.nodes()).not.toContain(one.bus.nodeId);
    second.close();
    third.close();
    await late.close();
  });

  it('lets the values of a node vanish that says nothing any more', async () => {
    const lost = await nodes.join();
    const mine = new BusNodeValues(one.bus);
    const seen = watch(mine);
    new BusNodeValues(lost.bus).set('hall', 1);
    await until(() => seen.size === 1);
    await lost.close();
    await until(() => seen.size === 0);
    mine.close();
  });
});

function watch(values: BusNodeValues): Map<string, NodeValue> {
  const seen = new Map<string, NodeValue>();
  values.onChange((key, nodeId, value) => {
    if (value === null) seen.delete(`${key} ${nodeId}`);
    else seen.set(`${key} ${nodeId}`, value);
  });
  return seen;
}
