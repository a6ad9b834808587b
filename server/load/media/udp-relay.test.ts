import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Random } from '../../simulator/random.ts';
import { clearLine, Direction, type Impairment, UdpRelay } from './udp-relay.ts';

describe('one direction of a line', () => {
  let arrived: { packet: number; at: number }[];
  let direction: Direction;

  beforeEach(() => {
    vi.useFakeTimers();
    arrived = [];
    direction = new Direction(new Random('line'));
  });
  afterEach(() => {
    direction.close();
    vi.useRealTimers();
  });

  const start = () => performance.now();

  /** Packets of that many bytes, one after another; then everything is waited for. */
  function send(count: number, impairment: Partial<Impairment>, bytes = 1_000, everyMs = 10) {
    const began = start();
    direction.set({ ...clearLine, ...impairment });
    for (let number = 0; number < count; number += 1) {
      const packet = Buffer.alloc(bytes);
      packet.writeUInt16BE(number, 0);
      direction.take(packet, (one) =>
        arrived.push({ packet: one.readUInt16BE(0), at: performance.now() - began }),
      );
      vi.advanceTimersByTime(everyMs);
    }
    vi.advanceTimersByTime(10_000);
  }

  it('that is clear passes all at once', () => {
    send(5, {});
    expect(arrived.map(({ at }) => at)).toEqual([0, 10, 20, 30, 40]);
  });

  it.each([0.05, 0.2])('loses about the share %d that it is told to', (loss) => {
    send(4_000, { loss }, 100, 1);
    expect(1 - arrived.length / 4_000).toBeGreaterThan(loss * 0.8);
    expect(1 - arrived.length / 4_000).toBeLessThan(loss * 1.2);
    expect(direction.passed + direction.dropped).toBe(4_000);
  });

  it('is late by its delay', () => {
    send(3, { delayMs: 300 });
    for (const [index, { at }] of arrived.entries()) {
      expect(Math.round(at - index * 10)).toBeGreaterThanOrEqual(300);
      expect(Math.round(at - index * 10)).toBeLessThanOrEqual(302);
    }
  });

  it('shakes without changing the order', () => {
    send(500, { delayMs: 20, jitterMs: 50 });
    expect(arrived.map(({ packet }) => packet)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    const lateness = arrived.map(({ at }, index) => at - index * 10);
    expect(Math.min(...lateness)).toBeGreaterThanOrEqual(19);
    expect(Math.max(...lateness)).toBeLessThan(75);
    expect(Math.max(...lateness) - Math.min(...lateness)).toBeGreaterThan(30);
  });

  it('carries what its rate allows, and loses what waits too long', () => {
    // Twice as much as fits, for four seconds: 1,000 bytes are 4 ms of 2 Mbit/s.
    send(2_000, { kbps: 2_000 }, 1_000, 2);
    expect(arrived.length).toBeGreaterThan(1_000);
    expect(arrived.length).toBeLessThan(1_100);
    expect(arrived.at(-1)!.at).toBeLessThan(4_400);
  });

  it('that is cut loses what was under way too', () => {
    direction.set({ ...clearLine, delayMs: 100 });
    direction.take(Buffer.alloc(10), () => arrived.push({ packet: 0, at: 0 }));
    direction.set({ ...clearLine, isCut: true });
    direction.take(Buffer.alloc(10), () => arrived.push({ packet: 1, at: 0 }));
    vi.advanceTimersByTime(1_000);
    expect(arrived).toEqual([]);
    send(2, {});
    expect(arrived).toHaveLength(2);
  });
});

describe('a relay', () => {
  const open: { close(): unknown }[] = [];

  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  async function socket(): Promise<Socket> {
    const made = createSocket('udp4').bind(0, '127.0.0.1');
    await once(made, 'listening');
    open.push(made);
    return made;
  }

  it('passes packets there and back, each sender by an address of its own', async () => {
    const relay = new UdpRelay('relay');
    open.push(relay);
    const server = await socket();
    server.on('message', (packet, { port }) => server.send(`${String(packet)} back`, port));
    const senders = new Set<number>();
    server.on('message', (_, { port }) => senders.add(port));
    const target = { address: '127.0.0.1', port: server.address().port };
    const door = await relay.doorTo(target);
    expect(await relay.doorTo(target)).toEqual(door);
    for (const name of ['one', 'two']) {
      const client = await socket();
      const answered = once(client, 'message');
      client.send(name, door.port, door.address);
      expect(String((await answered)[0])).toBe(`${name} back`);
    }
    expect(senders.size).toBe(2);
    expect(relay.figures).toEqual({ passed: 4, dropped: 0 });
  });
});
