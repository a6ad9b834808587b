import { Encoder } from '@evan/opus/wasm/index.mjs';

/** Ticks of Opus's RTP clock a second (RFC 7587), and samples of what is encoded. */
export const clockRate = 48_000;
/** Of Opus in the RTP packets here. */
export const payloadType = 100;
/** Of one packet: 20 ms. */
export const packetTicks = 960;
const bitrateBps = 32_000;
/** Request of `opus_encoder_ctl`. */
const setBitrate = 4002;

/** A tone in silence, in ms of the sender's own time. */
export interface Burst {
  startMs: number;
  endMs: number;
}

export interface Sound {
  /** One Opus packet each 20 ms. */
  packets: Buffer[];
  bursts: Burst[];
}

/** How loud a sample of something like a voice is: syllables of a falling and rising tone. */
function voice(atS: number): number {
  const pitch = 150 + 40 * Math.sin(2 * Math.PI * 0.7 * atS);
  const syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * atS)) ** 0.5;
  let sum = 0;
  for (let harmonic = 1; harmonic <= 12; harmonic += 1) {
    sum += Math.sin(2 * Math.PI * pitch * harmonic * atS) / (1 + Math.abs(harmonic - 4));
  }
  return 0.2 * syllable * sum;
}

const tone = (atS: number): number => 0.5 * Math.sin(2 * Math.PI * 440 * atS);

function encode(seconds: number, sample: (atS: number) => number): Buffer[] {
  const encoder = new Encoder({ channels: 1, sample_rate: clockRate, application: 'voip' });
  encoder.ctl(setBitrate, bitrateBps);
  const frame = new Int16Array(packetTicks);
  const packets: Buffer[] = [];
  for (let tick = 0; tick < seconds * clockRate; tick += packetTicks) {
    for (let index = 0; index < packetTicks; index += 1) {
      frame[index] = Math.round(32_767 * sample((tick + index) / clockRate));
    }
    packets.push(Buffer.from(encoder.encode(frame)));
  }
  encoder.drop();
  return packets;
}

/** Somebody who speaks without a pause. */
export function speech(seconds: number): Buffer[] {
  return encode(seconds, voice);
}

/**
 * Bursts of tone at known times: one each `everyMs`, `lengthMs` long, the first half of that time
 * after the start.
 */
export function burstsOfTone(seconds: number, everyMs: number, lengthMs: number): Sound {
  const bursts: Burst[] = [];
  for (let startMs = everyMs / 2; startMs + everyMs / 2 <= seconds * 1_000; startMs += everyMs) {
    bursts.push({ startMs, endMs: startMs + lengthMs });
  }
  const packets = encode(seconds, (atS) => {
    const inPeriod = (atS * 1_000) % everyMs;
    return inPeriod >= everyMs / 2 && inPeriod < everyMs / 2 + lengthMs ? tone(atS) : 0;
  });
  return { packets, bursts };
}
