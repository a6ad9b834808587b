import type { HallDevices, HallDevice } from '@nhip-cau/shared/protocol/health';
import type { DeviceChoice, DeviceList } from '../media/devices.ts';

const mostDevices = 12;
const mostLetters = 80;
// Control characters: no line of text has them.
const control = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g;

/**
 * A short name for a device between its hall and the desk, the same as long as the browser knows
 * the device: browsers' own are long and theirs alone (FNV-1a, 32 bits).
 */
export function keyOf(deviceId: string): string {
  let hash = 0x811c9dc5;
  for (const letter of deviceId) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

/** The device that the desk named. */
export function deviceOf(devices: readonly DeviceChoice[], key: string): DeviceChoice | undefined {
  return devices.find(({ deviceId }) => keyOf(deviceId) === key);
}

/** What the desk may know of a computer's devices; `camera` and `microphone`: those that are open. */
export function toldDevices(
  { cameras, microphones }: DeviceList,
  camera: MediaStreamTrack | null,
  microphone: MediaStreamTrack | null,
): HallDevices {
  return {
    cameras: told(cameras),
    microphones: told(microphones),
    camera: openKey(camera),
    microphone: openKey(microphone),
  };
}

/** Before the first permission browsers give one device without id and name: nothing to choose. */
function told(devices: readonly DeviceChoice[]): HallDevice[] {
  return devices
    .filter(({ deviceId }) => deviceId !== '')
    .slice(0, mostDevices)
    .map(({ deviceId, label }) => {
      const text = label.replace(control, '').trim().slice(0, mostLetters).trim();
      return { key: keyOf(deviceId), label: text === '' ? null : text };
    });
}

function openKey(track: MediaStreamTrack | null): string | null {
  const deviceId = track?.getSettings().deviceId;
  return deviceId ? keyOf(deviceId) : null;
}
