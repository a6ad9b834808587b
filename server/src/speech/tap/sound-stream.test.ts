import { expect, it } from 'vitest';
import { SoundStream } from './sound-stream.ts';

const start = 1_700_000_000_000;
/** One packet of the streams here: 20 ms. */
const ticks = 960;
const samples = 320;

interface Sent {
  /** Position in the stream, in packets. */
  at: number;
  /** When it comes, ms: as soon as its sound is over, unless told. */
  ms?: number;
  value?: number;
  sequence?: number;
  timestamp?: number;
  ssrc?: number;
  payload?: Buffer;
}

function rtp({ at, value = 1, sequence = at, timestamp = at * ticks, ssrc = 9, payload }: Sent) {
  const head = Buffer.alloc(12);
  head[0] = 0x80;
  head[1] = 111;
  head.writeUInt16BE((sequence + 65_530) & 0xffff, 2);
  head.writeUInt32BE((timestamp + 0xffff_f000) >>> 0, 4);
  head.writeUInt32BE(ssrc, 8);
  return Buffer.concat([head, payload ?? Buffer.from([value])]);
}

/** Sound whose samples are its payload's first byte, so that places can be read; 0 is no Opus. */
const decoder = {
  decode: (payload: Buffer) =>
    payload[0] === 0 ? null : new Int16Array(samples * payload.length).fill(payload[0]!),
};

function play(packets: readonly Sent[], clockRate = 48_000) {
  const pieces: Int16Array[] = [];
  const stream = new SoundStream({ clockRate, decoder, onPcm: (pcm) => pieces.push(pcm.slice()) });
  for (const packet of packets) {
    stream.handlePacket(rtp(packet), start + (packet.ms ?? (packet.at + 1) * 20));
  }
  return { stream, pieces, end: () => (stream.end(), frames(pieces)) };
}

/** The sound, a number each 20 ms; throws where one frame is not of one value. */
function frames(pieces: readonly Int16Array[]): number[] {
  const all = pieces.flatMap((piece) => [...piece]);
  expect(all.length % samples).toBe(0);
  return Array.from({ length: all.length / samples }, (_, index) => {
    const frame = all.slice(index * samples, (index + 1) * samples);
    expect(new Set(frame).size).toBe(1);
    return frame[0]!;
  });
}

const row = (from: number, to: number, more: Partial<Sent> = {}): Sent[] =>
  Array.from({ length: to - from }, (_, index) => ({ at: from + index, ...more }));

it.each<{ name: string; packets: Sent[]; expected: number[] }>([
  { name: 'a whole stream', packets: row(0, 4), expected: [1, 1, 1, 1] },
  {
    name: 'over the end of sequence and timestamp',
    packets: row(0, 12),
    expected: Array<number>(12).fill(1),
  },
  {
    name: 'a lost packet',
    packets: [{ at: 0 }, { at: 1, value: 2 }, { at: 3, value: 4 }],
    expected: [1, 2, 0, 4],
  },
  {
    name: 'packets in another order, one of them twice',
    packets: [{ at: 0 }, { at: 2, value: 3 }, { at: 2, value: 3 }, { at: 1, value: 2 }],
    expected: [1, 2, 3],
  },
  {
    name: 'a pause without packets, as of discontinuous transmission',
    packets: [{ at: 0 }, { at: 5, sequence: 1, value: 2 }],
    expected: [1, 0, 0, 0, 0, 2],
  },
  {
    name: 'what is no Opus',
    packets: [{ at: 0 }, { at: 1, value: 0 }, { at: 2, value: 3 }],
    expected: [1, 0, 3],
  },
  {
    name: 'what is no Opus at the beginning',
    packets: [
      { at: 0, value: 0 },
      { at: 1, value: 2 },
    ],
    expected: [2],
  },
  {
    name: 'packets of 60 ms',
    packets: [
      { at: 0, payload: Buffer.from([1, 1, 1]) },
      { at: 6, sequence: 2, payload: Buffer.from([2, 2, 2]) },
      { at: 3, sequence: 1, ms: 130, payload: Buffer.from([3, 3, 3]) },
    ],
    expected: [1, 1, 1, 3, 3, 3, 2, 2, 2],
  },
  {
    name: 'another stream after a reconnect, whose timestamps are its own',
    packets: [...row(0, 2), ...row(10, 12, { ssrc: 5, value: 2 })].map((packet) =>
      packet.ssrc === 5 ? { ...packet, timestamp: 7_777_777 + packet.at * ticks } : packet,
    ),
    expected: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2],
  },
  {
    name: 'timestamps that jump ahead by hours',
    packets: [...row(0, 2), { at: 4, sequence: 2, timestamp: 500_000_000, value: 2 }],
    expected: [1, 1, 0, 0, 2],
  },
  {
    name: 'timestamps that go back by a minute',
    packets: [...row(0, 2), { at: 4, sequence: 2, timestamp: -2_880_000, value: 2 }],
    expected: [1, 1, 0, 0, 2],
  },
  {
    name: 'one timestamp twice',
    packets: [...row(0, 2), { at: 2, timestamp: ticks, value: 2 }, { at: 3, value: 3 }],
    expected: [1, 1, 0, 3],
  },
  {
    name: 'what has nothing but a header, other versions, RTCP, and padding alone',
    packets: [{ at: 0 }, { at: 1, payload: Buffer.alloc(0) }, { at: 2, value: 3 }],
    expected: [1, 0, 3],
  },
])('$name', ({ packets, expected }) => {
  expect(play(packets).end()).toEqual(expected);
});

it('takes each frame where the timestamps are not quite a packet apart', () => {
  const packets = row(0, 200).map((packet) => ({
    ...packet,
    timestamp: packet.at * ticks + (packet.at % 3) * 20,
  }));
  expect(play(packets).end()).toEqual(Array<number>(200).fill(1));
});

it('keeps to the time when the line stands still and gives all at once', () => {
  const packets = row(0, 200).map((packet) => ({
    ...packet,
    ms: packet.at >= 50 && packet.at < 100 ? 2_000 : (packet.at + 1) * 20,
  }));
  const { stream, end } = play(packets);
  expect(end()).toEqual(Array<number>(200).fill(1));
  expect(stream.clock.epochAt(150 * samples)).toBe(start + 3_000);
});

it('lets time pass while nothing comes, and drops what comes when its time is written', () => {
  const { stream, pieces, end } = play(row(0, 2));
  stream.handleTime(start + 1_000);
  expect(stream.samples).toBe(2 * samples);
  stream.handleTime(start + 5_000);
  expect(stream.samples).toBe(16_000 * 3.5);
  stream.handlePacket(rtp({ at: 50, sequence: 2 }), start + 5_010);
  stream.handlePacket(rtp({ at: 250, sequence: 3, value: 7 }), start + 5_020);
  expect(end().indexOf(7)).toBe(250);
  expect(pieces.every((piece) => piece.length <= 16_000)).toBe(true);
});

it('gives up a lost packet while no other comes', () => {
  const { stream } = play([{ at: 0 }, { at: 2 }]);
  expect(stream.samples).toBe(samples);
  stream.handleTime(start + 200);
  expect(stream.samples).toBe(3 * samples);
});

it('does not take more sound than time passes', () => {
  const packets = row(0, 10_000, { ms: 0 });
  expect(play(packets).stream.samples).toBeLessThanOrEqual(16_000 * 5 + samples);
});

it('takes whatever comes for what it is', () => {
  const stream = new SoundStream({ clockRate: 48_000, decoder, onPcm: () => {} });
  const extended = rtp({ at: 0 });
  extended[0]! |= 0x1f;
  const padded = rtp({ at: 0, payload: Buffer.from([0, 200]) });
  padded[0]! |= 0x20;
  const report = rtp({ at: 0 });
  report[1] = 200;
  for (const packet of [Buffer.alloc(0), Buffer.alloc(12), extended, padded, report]) {
    stream.handlePacket(packet, start);
  }
  expect(stream.samples).toBe(0);
});
