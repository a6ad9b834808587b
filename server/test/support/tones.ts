import { Decoder, Encoder } from '@evan/opus/wasm/index.mjs';

const rate = 48_000;
const frame = 960;

/** Opus packets of 20 ms, stereo, of one tone in Hz. */
export function tonePackets(hz: number, count: number): Buffer[] {
  const encoder = new Encoder({ channels: 2, sample_rate: rate, application: 'audio' });
  const pcm = new Int16Array(frame * 2);
  const packets: Buffer[] = [];
  for (let at = 0; at < count; at += 1) {
    for (let index = 0; index < frame; index += 1) {
      const sample = Math.sin((2 * Math.PI * hz * (at * frame + index)) / rate) * 8_000;
      pcm[2 * index] = sample;
      pcm[2 * index + 1] = sample;
    }
    packets.push(Buffer.from(encoder.encode(pcm)));
  }
  encoder.drop();
  return packets;
}

/** Which of these tones, in Hz, are in Opus packets that follow each other. */
export function tonesIn(packets: readonly Uint8Array[], among: readonly number[]): number[] {
  const decoder = new Decoder({ channels: 2, sample_rate: rate });
  const samples: number[] = [];
  for (const packet of packets) {
    const pcm = decoder.decode(packet);
    const values = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.byteLength / 2);
    for (let index = 0; index < values.length; index += 2) samples.push(values[index]! / 0x8000);
  }
  decoder.drop();
  return among.filter((hz) => amplitude(samples, hz) > 0.02);
}

/** Of one frequency, 0 … 1 (Goertzel). */
function amplitude(samples: readonly number[], hz: number): number {
  const step = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + step * last - before];
  const power = last * last + before * before - step * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, samples.length);
}
