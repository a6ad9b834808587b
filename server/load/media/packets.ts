import { rtpHeadBytes, vp8DescriptorBytes, writeVp8Descriptor } from './rtp.ts';
import type { Recording } from './recording.ts';

/** Payload of one packet, so that it fits into any line's with SRTP's and a relay's bytes. */
const payloadBytes = 1_100;
/** A one-byte header extension with one element (RFC 8285). */
const extensionBytes = 8;
/** Of the level of a sound (RFC 6464), as our microphones declare it. */
export const levelExtensionId = 10;
/** How loud the recording is, in -dBov. */
const level = 30;

/**
 * One packet with room for the head that each sender writes anew before it sends: so hundreds of
 * senders share one copy, and sending allocates nothing.
 */
export interface PacketTemplate {
  readonly packet: Buffer;
  readonly isStart: boolean;
  readonly isLast: boolean;
}

export interface LayerTemplates {
  readonly kbps: number;
  readonly frames: readonly (readonly PacketTemplate[])[];
}

/** The whole recording as packets. */
export interface Packets {
  readonly framesPerSecond: number;
  /** Smallest first. */
  readonly layers: readonly LayerTemplates[];
  readonly soundMs: number;
  readonly sound: readonly PacketTemplate[];
}

/**
 * Cuts the recording into packets. Each layer's frames are filled up with zeros behind the picture,
 * which no decoder reads, until they come to `layersKbps`: the load of a camera without the size of
 * its recording.
 */
export function packetsOf(recording: Recording, layersKbps: readonly number[]): Packets {
  const { framesPerSecond, pictures, sound } = recording;
  return {
    framesPerSecond,
    layers: pictures.slice(0, layersKbps.length).map(({ frames }, layer) => {
      const kbps = layersKbps[layer]!;
      const frameBytes = Math.round((kbps * 1000) / 8 / framesPerSecond);
      return { kbps, frames: frames.map((frame) => pictureTemplates(frame, frameBytes)) };
    }),
    soundMs: sound.frameMs,
    sound: sound.frames.map(soundTemplate),
  };
}

function pictureTemplates(frame: Buffer, frameBytes: number): PacketTemplate[] {
  const filled = Buffer.alloc(Math.max(frame.length, frameBytes));
  frame.copy(filled);
  const count = Math.ceil(filled.length / payloadBytes);
  return Array.from({ length: count }, (_, index) => {
    const part = filled.subarray(index * payloadBytes, (index + 1) * payloadBytes);
    const packet = Buffer.alloc(rtpHeadBytes + vp8DescriptorBytes + part.length);
    writeVp8Descriptor(packet, rtpHeadBytes, index === 0, 0);
    part.copy(packet, rtpHeadBytes + vp8DescriptorBytes);
    return { packet, isStart: index === 0, isLast: index === count - 1 };
  });
}

function soundTemplate(frame: Buffer): PacketTemplate {
  const packet = Buffer.alloc(rtpHeadBytes + extensionBytes + frame.length);
  packet.set([0xbe, 0xde, 0, 1, levelExtensionId << 4, 0x80 | level, 0, 0], rtpHeadBytes);
  frame.copy(packet, rtpHeadBytes + extensionBytes);
  return { packet, isStart: true, isLast: true };
}
