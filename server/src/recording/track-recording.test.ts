import { expect, it } from 'vitest';
import type { OnAirTrack } from '../dialogue/recording/ports.ts';
import { TrackRecording } from './track-recording.ts';

it('tries again where a track could not be copied', async () => {
  const refusal = new Error('the worker is going');
  const ports: number[] = [];
  const failures: unknown[] = [];
  let isClosed = false;
  let copied = () => {};
  const isCopied = new Promise<void>((resolve) => (copied = resolve));
  const track: OnAirTrack = {
    id: 't',
    dialogueId: 'd',
    bridgePointId: 'h',
    source: 'microphone',
    codec: { mimeType: 'audio/opus', clockRate: 48_000, payloadType: 100, parameters: {} },
    copyTo({ rtpPort }) {
      ports.push(rtpPort);
      if (ports.length === 1) return Promise.reject(refusal);
      copied();
      return Promise.resolve({
        requestKeyFrame: () => Promise.resolve(),
        close: () => void (isClosed = true),
      });
    },
  };
  const recording = new TrackRecording({
    ffmpeg: { ffmpeg: '/nowhere/ffmpeg', ffprobe: '/nowhere/ffprobe' },
    tracksDir: '/nowhere',
    track,
    hallCode: 'p-01',
    turnId: null,
    segmentSeconds: 10,
    onFailure: (error) => failures.push(error),
  });
  await isCopied;
  await recording.close();
  expect(failures).toEqual([refusal]);
  expect(isClosed).toBe(true);
});
