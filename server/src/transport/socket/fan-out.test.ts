import type { Delivery } from '@nhip-cau/shared/protocol/facts';
import { afterEach, expect, test } from 'vitest';
import { FanOut, type Receiver } from './fan-out.ts';

/** A socket that keeps the text of its frames, and may take long to be written to. */
class Ear implements Receiver {
  isIdle = true;
  readonly heard: unknown[] = [];
  /** Called once, when the next frame comes. */
  onNext: (() => void) | null = null;
  private readonly writeMs: number;
  private readonly onHeard: () => void;

  constructor(writeMs = 0, onHeard = () => {}) {
    this.writeMs = writeMs;
    this.onHeard = onHeard;
  }

  pass(_topic: string, frame: Buffer): void {
    const until = performance.now() + this.writeMs;
    while (performance.now() < until);
    const text = frame.toString();
    this.heard.push((JSON.parse(text.slice(text.indexOf('['))) as unknown[])[1]);
    this.onHeard();
    const { onNext } = this;
    this.onNext = null;
    onNext?.();
  }
}

function roomOf(ears: readonly Ear[]) {
  let members = ears;
  return {
    name: 'room',
    version: 0,
    get size() {
      return members.length;
    },
    members: () => members,
    has: (ear: Receiver) => members.some((one) => one === ear),
    leave(ear: Ear) {
      this.version += 1;
      members = members.filter((one) => one !== ear);
    },
  };
}

const delivery = (seq: number, prev = seq - 1): Delivery => ({
  dialogueId: 'd',
  audience: 'everyone',
  seq,
  prev,
  puts: [{ collection: 'caption', id: String(seq), value: seq }],
});

const connected = (bridgePoints: number) =>
  ({ dialogueId: 'd', name: 'connected', value: { bridgePoints, of: 9 } }) as const;

const levels = { dialogueId: 'd', name: 'levels', value: { levels: { a: -20 } } } as const;

let fanOut = new FanOut();

afterEach(() => {
  fanOut.close();
  fanOut = new FanOut();
});

test('a small room is told at once', () => {
  const ears = [new Ear(), new Ear()];
  fanOut.deliver(roomOf(ears), delivery(1));
  fanOut.signal(roomOf(ears), connected(1));
  for (const { heard } of ears) expect(heard).toEqual([delivery(1), connected(1)]);
});

test('a level that would have to wait is left out', () => {
  const [idle, busy] = [new Ear(), new Ear()];
  busy.isIdle = false;
  fanOut.signal(roomOf([idle, busy]), levels);
  expect([idle.heard.length, busy.heard.length]).toEqual([1, 0]);
});

test('a large room is told in slices, in order, with nothing lost of what is joined', async () => {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const last = new Ear(0, () => {
    if ((last.heard.at(-1) as Delivery).seq === 6) resolve();
  });
  const ears = [...Array.from({ length: 600 }, () => new Ear(0.05)), last];
  const room = roomOf(ears);
  fanOut.deliver(room, delivery(1));
  // The first slice is over, the last socket has not had its turn.
  expect([ears[0]!.heard.length, last.heard.length]).toEqual([1, 0]);
  for (const seq of [2, 3, 4, 5, 6]) fanOut.deliver(room, delivery(seq));
  let turns = 0;
  const count = setInterval(() => (turns += 1), 1);
  await over;
  clearInterval(count);
  expect(turns).toBeGreaterThan(2);
  for (const { heard } of ears) {
    expect(heard.map((one) => [(one as Delivery).prev, (one as Delivery).seq])).toEqual([
      [0, 1],
      [1, 6],
    ]);
    expect((heard[1] as Delivery).puts.map(({ value }) => value)).toEqual([2, 3, 4, 5, 6]);
  }
});

test('whoever leaves a large room while it is told hears nothing of it', async () => {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const gone = new Ear();
  const ears = [...Array.from({ length: 600 }, () => new Ear(0.05)), gone, new Ear(0, resolve)];
  const room = roomOf(ears);
  fanOut.deliver(room, delivery(1));
  room.leave(gone);
  await over;
  expect(gone.heard).toEqual([]);
  expect(ears.filter(({ heard }) => heard.length === 1)).toHaveLength(601);
});

test('signals to a large room wait for deliveries, and the latest is sent', async () => {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const ears = Array.from({ length: 600 }, () => new Ear(0.02));
  ears.push(
    new Ear(0, () => {
      if (ears.at(-1)!.heard.length === 3) resolve();
    }),
  );
  const room = roomOf(ears);
  fanOut.deliver(room, delivery(1));
  for (const count of [1, 2, 3]) fanOut.signal(room, connected(count));
  fanOut.deliver(room, delivery(2));
  await over;
  expect(ears.at(-1)!.heard).toEqual([delivery(1), delivery(2), connected(3)]);
});

/** Ears of which the last one resolves `over` when it has heard so much. */
function slowEars(count: number) {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const last: Ear = new Ear(0, () => {
    if (last.heard.length === count) resolve();
  });
  return { ears: [...Array.from({ length: 600 }, () => new Ear(0.02)), last], last, over };
}

test('a delivery does not wait for the signals that a large room is being told', async () => {
  const { ears, last, over } = slowEars(2);
  const room = roomOf(ears);
  fanOut.signal(room, connected(1));
  // The first slice is over, the last socket has not had its turn.
  expect([ears[0]!.heard.length, last.heard.length]).toEqual([1, 0]);
  fanOut.deliver(room, delivery(1));
  await over;
  expect(ears[0]!.heard).toEqual([connected(1), delivery(1)]);
  expect(last.heard).toEqual([delivery(1), connected(1)]);
  expect(ears.every(({ heard }) => heard.length === 2)).toBe(true);
});

test('a delivery goes between signals to the phones though one to the halls went before', async () => {
  const { ears, last, over } = slowEars(2);
  const halls = roomOf(Array.from({ length: 600 }, () => new Ear(0.02)));
  const phones = roomOf(ears);
  fanOut.signal(phones, connected(1));
  fanOut.deliver(halls, delivery(1));
  fanOut.deliver(phones, delivery(1));
  await over;
  expect(last.heard).toEqual([delivery(1), connected(1)]);
  expect(halls.members().every(({ heard }) => heard.length === 1)).toBe(true);
});

test('signals that one delivery went between are not held up by the next ones', async () => {
  const { ears, last, over } = slowEars(3);
  const room = roomOf(ears);
  fanOut.signal(room, connected(1));
  fanOut.deliver(room, delivery(1));
  ears[0]!.onNext = () => fanOut.deliver(room, delivery(2));
  await over;
  expect(last.heard).toEqual([delivery(1), connected(1), delivery(2)]);
  expect(ears.every(({ heard }) => heard.length === 3)).toBe(true);
});

test('signals that let one delivery go before them go with the next', async () => {
  const { ears, last, over } = slowEars(4);
  const room = roomOf(ears);
  fanOut.deliver(room, delivery(1));
  fanOut.signal(room, connected(1));
  fanOut.deliver(room, delivery(2));
  ears[0]!.onNext = () => fanOut.deliver(room, delivery(3));
  await over;
  expect(last.heard).toEqual([delivery(1), delivery(2), delivery(3), connected(1)]);
});
