import { Emitter } from '../emitter.ts';

export type DeviceKind = 'camera' | 'microphone';
export type DeviceErrorCode = 'denied' | 'missing' | 'busy' | 'failed';

/** Why a camera or microphone could not be opened, or which were to choose from. */
export class DeviceError extends Error {
  readonly kind: DeviceKind;
  readonly code: DeviceErrorCode;

  constructor(kind: DeviceKind, code: DeviceErrorCode, cause: unknown) {
    super(`${kind}: ${code}`, { cause });
    this.name = 'DeviceError';
    this.kind = kind;
    this.code = code;
  }
}

export interface DeviceChoice {
  readonly deviceId: string;
  /** The device's own name; empty until the user has allowed its kind once. */
  readonly label: string;
}

export interface DeviceList {
  readonly cameras: readonly DeviceChoice[];
  readonly microphones: readonly DeviceChoice[];
}

export interface DeviceEvents {
  /** Something was plugged in or out. */
  changed: DeviceList;
  /** A device that was opened here is gone; its track has ended. */
  unplugged: { kind: DeviceKind; track: MediaStreamTrack };
}

const codeByName: Record<string, DeviceErrorCode> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** The camera's constraints: 720p at the 25 frames that projectors here run on. */
export function cameraConstraints(deviceId?: string): MediaTrackConstraints {
  return {
    ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 25 },
  };
}

/**
 * The microphone's constraints. In hall mode the sound is left as it is: a mixing desk has already
 * treated it, and a browser's processing swallows a hall's voices.
 */
export function microphoneConstraints(hallMode: boolean, deviceId?: string): MediaTrackConstraints {
  return {
    ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    echoCancellation: !hallMode,
    noiseSuppression: !hallMode,
    autoGainControl: !hallMode,
    channelCount: { ideal: 1 },
  };
}

/** The computer's cameras and microphones. Tracks that it opens are the caller's to stop. */
export class Devices extends Emitter<DeviceEvents> {
  readonly #mediaDevices: MediaDevices;
  readonly #closing = new AbortController();

  constructor(mediaDevices: MediaDevices = navigator.mediaDevices) {
    super();
    this.#mediaDevices = mediaDevices;
    const { signal } = this.#closing;
    mediaDevices.addEventListener('devicechange', () => void this.#tellChange(), { signal });
  }

  async list(): Promise<DeviceList> {
    const devices = await this.#mediaDevices.enumerateDevices();
    const choices = (kind: MediaDeviceKind): DeviceChoice[] =>
      devices
        .filter((device) => device.kind === kind)
        .map(({ deviceId, label }) => ({ deviceId, label }));
    return { cameras: choices('videoinput'), microphones: choices('audioinput') };
  }

  /** Rejects with `DeviceError`. */
  openCamera(deviceId?: string): Promise<MediaStreamTrack> {
    return this.#open('camera', { video: cameraConstraints(deviceId) });
  }

  /** Rejects with `DeviceError`. */
  openMicrophone(options: { hallMode: boolean; deviceId?: string }): Promise<MediaStreamTrack> {
    const audio = microphoneConstraints(options.hallMode, options.deviceId);
    return this.#open('microphone', { audio });
  }

  /** Ends the events; open tracks go on. Idempotent. */
  close(): void {
    this.#closing.abort();
  }

  async #open(kind: DeviceKind, constraints: MediaStreamConstraints): Promise<MediaStreamTrack> {
    try {
      const stream = await this.#mediaDevices.getUserMedia(constraints);
      const [track] = stream.getTracks();
      if (!track) throw new Error('a stream without a track');
      // Fires when the device goes away, not when we stop the track ourselves.
      track.addEventListener('ended', () => this.emit('unplugged', { kind, track }), {
        signal: this.#closing.signal,
      });
      return track;
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      throw new DeviceError(kind, codeByName[name] ?? 'failed', error);
    }
  }

  async #tellChange(): Promise<void> {
    const list = await this.list();
    if (!this.#closing.signal.aborted) this.emit('changed', list);
  }
}

/** Opens a microphone without watching what is plugged in or out. Rejects with `DeviceError`. */
export async function openMicrophone(options: {
  hallMode: boolean;
  deviceId?: string;
}): Promise<MediaStreamTrack> {
  const devices = new Devices();
  try {
    return await devices.openMicrophone(options);
  } finally {
    devices.close();
  }
}
