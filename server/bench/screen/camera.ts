import { type Packets, packetsOf } from '../../load/media/packets.ts';
import { readRecording } from '../../load/media/recording.ts';
import { recordVideo } from '../sfu/recording.ts';

/** The largest layer of a hall's camera (`cameraLayers` of the client). */
const picture = {
  width: 1280,
  height: 720,
  framesPerSecond: 25,
  bitrateKbps: 1_200,
};
const seconds = 8;

/**
 * A moving, noisy picture as a hall's camera sends it, made by ffmpeg, and the recorded sound. It
 * has its largest layer alone: whatever the estimate of the line, all receivers get the same.
 */
export async function recordCamera(): Promise<Packets> {
  const { bitrateKbps, framesPerSecond, height, width } = picture;
  const { packets } = await recordVideo({ ...picture, keyFrameEveryS: seconds }, seconds);
  const pictures = [{ width, height, frames: framesOf(packets) }];
  return packetsOf({ framesPerSecond, pictures, sound: readRecording().sound }, [bitrateKbps]);
}

/** Frames out of payloads, each of which has one byte before its part of the frame. */
export function framesOf(packets: readonly { payload: Buffer; marker: boolean }[]): Buffer[] {
  const frames: Buffer[] = [];
  let parts: Buffer[] = [];
  for (const { payload, marker } of packets) {
    parts.push(payload.subarray(1));
    if (!marker) continue;
    frames.push(Buffer.concat(parts));
    parts = [];
  }
  return frames;
}
