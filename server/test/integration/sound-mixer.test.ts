import { expect, it } from 'vitest';
import { tonePackets, tonesIn } from '../support/tones.ts';
import { frameTicks, SoundMixer } from '../../src/recording/broadcast/sound-mixer.ts';
import { writeRtp } from '../../src/recording/broadcast/rtp-lane.ts';

const format = { payloadType: 97, ssrc: 1, clockRate: 48_000 };
const tones = [300, 500, 800];
const rtp = (payload: Buffer, at: number) => writeRtp(format, payload, 0, at * frameTicks, false);

function mixed(streams: Record<string, Buffer[]>, count: number, position = 0): Buffer[] {
  const mixer = new SoundMixer(position);
  const made: Buffer[] = [];
  for (let at = 0; at < count; at += 1) {
    for (const [name, packets] of Object.entries(streams)) {
      const packet = packets[at];
      if (packet) mixer.add(name, rtp(packet, at + position / frameTicks));
    }
    made.push(mixer.mix());
  }
  mixer.close();
  return made;
}

it('makes one sound of two', () => {
  const made = mixed({ host: tonePackets(300, 50), speaker: tonePackets(500, 50) }, 50);
  expect(tonesIn(made, tones)).toEqual([300, 500]);
});

it('is silent where nothing came', () => {
  expect(tonesIn(mixed({}, 10), tones)).toEqual([]);
});

it('goes on over the end of the timestamps', () => {
  const position = Math.floor(2 ** 32 / frameTicks - 10) * frameTicks;
  expect(tonesIn(mixed({ host: tonePackets(800, 50) }, 50, position), tones)).toEqual([800]);
});

it('leaves out what came too late, and what is no Opus', () => {
  const mixer = new SoundMixer(100 * frameTicks);
  for (const [at, packet] of tonePackets(300, 20).entries()) mixer.add('host', rtp(packet, at));
  mixer.add('host', rtp(Buffer.alloc(1_400, 7), 100));
  mixer.add('host', Buffer.from('no packet'));
  expect(
    tonesIn(
      Array.from({ length: 20 }, () => mixer.mix()),
      tones,
    ),
  ).toEqual([]);
  mixer.close();
});

it('does not play later what it skipped', () => {
  const mixer = new SoundMixer(0);
  for (const [at, packet] of tonePackets(300, 20).entries()) mixer.add('host', rtp(packet, at));
  mixer.skipTo(48_000);
  expect(mixer.position).toBe(48_000);
  expect(
    tonesIn(
      Array.from({ length: 20 }, () => mixer.mix()),
      tones,
    ),
  ).toEqual([]);
  mixer.close();
});
