import { expect, it } from 'vitest';
import { deviceOf, keyOf, toldDevices } from './device-keys.ts';

const webcam = { deviceId: 'd3b07384d113edec49eaa6238ad5ff00', label: 'HD Webcam' };
const nameless = { deviceId: '', label: '' };

it('a device has a short key, and is found by it', () => {
  expect(keyOf(webcam.deviceId)).toMatch(/^[0-9a-z]{1,7}$/);
  expect(keyOf(nameless.deviceId)).toMatch(/^[0-9a-z]{1,7}$/);
  expect(deviceOf([nameless, webcam], keyOf(webcam.deviceId))).toBe(webcam);
  expect(deviceOf([nameless], keyOf(webcam.deviceId))).toBeUndefined();
});

it('the desk is told names that are one line, and which is open', () => {
  const track = { getSettings: () => ({ deviceId: webcam.deviceId }) } as MediaStreamTrack;
  const long = { deviceId: 'x', label: ` Máy ảnh\u0007${'a'.repeat(100)}` };
  expect(toldDevices({ cameras: [webcam, long], microphones: [nameless] }, track, null)).toEqual({
    cameras: [
      { key: keyOf(webcam.deviceId), label: 'HD Webcam' },
      { key: keyOf('x'), label: `Máy ảnh${'a'.repeat(73)}` },
    ],
    microphones: [],
    camera: keyOf(webcam.deviceId),
    microphone: null,
  });
});
