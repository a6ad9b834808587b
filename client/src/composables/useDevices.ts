import { useLocalStorage } from '@vueuse/core';
import { computed, onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue';
import { deviceToReturn } from '../core/media/device-return.ts';
import type { LostDevice } from '../core/media/device-return.ts';
import { DeviceError, Devices } from '../core/media/devices.ts';
import type { DeviceErrorCode, DeviceKind, DeviceList } from '../core/media/devices.ts';
import { LevelMeter } from '../core/media/level-meter.ts';

export interface DeviceFailure {
  kind: DeviceKind;
  code: DeviceErrorCode | 'unplugged';
}

interface DeviceWishes {
  cameraId: string | null;
  microphoneId: string | null;
  hallMode: boolean;
}

/** Where the computer's choice of devices is kept: it stays in its hall. */
const storageKey = 'nhip-cau.devices';

/**
 * This computer's camera and microphone. Nothing opens before `start`, which is a person's click;
 * the chosen devices and the hall mode are remembered. Everything stops with the calling scope.
 */
export function useDevices({ devices = new Devices() }: { devices?: Devices } = {}) {
  const wishes = useLocalStorage<DeviceWishes>(
    storageKey,
    { cameraId: null, microphoneId: null, hallMode: false },
    { mergeDefaults: true },
  );
  const list = shallowRef<DeviceList>({ cameras: [], microphones: [] });
  const camera = shallowRef<MediaStreamTrack | null>(null);
  const microphone = shallowRef<MediaStreamTrack | null>(null);
  const failures = ref<DeviceFailure[]>([]);
  const levelDbfs = ref<number | null>(null);
  const starting = ref(false);
  let meter: LevelMeter | undefined;
  const lost = new Map<DeviceKind, LostDevice>();
  // A stop while a device is still opening must win over it.
  let wanted = 0;

  const preview = computed(() => (camera.value ? new MediaStream([camera.value]) : null));
  const running = computed(() => camera.value !== null || microphone.value !== null);

  function setMicrophone(track: MediaStreamTrack | null): void {
    meter?.close();
    meter = undefined;
    levelDbfs.value = null;
    microphone.value?.stop();
    microphone.value = track;
    if (track) meter = new LevelMeter(track, (level) => (levelDbfs.value = level));
  }

  function setCamera(track: MediaStreamTrack | null): void {
    camera.value?.stop();
    camera.value = track;
  }

  function fail(kind: DeviceKind, code: DeviceFailure['code']): void {
    failures.value = [...failures.value.filter((failure) => failure.kind !== kind), { kind, code }];
  }

  async function opened(
    kind: DeviceKind,
    chosenId: string | null,
    open: (deviceId?: string) => Promise<MediaStreamTrack>,
  ): Promise<MediaStreamTrack | null> {
    try {
      return await open(chosenId ?? undefined);
    } catch (error) {
      const code = error instanceof DeviceError ? error.code : 'failed';
      // The remembered device may be another hall's: any will do rather than none.
      if (code === 'missing' && chosenId !== null) return opened(kind, null, open);
      fail(kind, code);
      return null;
    }
  }

  async function open(kind: DeviceKind): Promise<void> {
    const turn = wanted;
    lost.delete(kind);
    failures.value = failures.value.filter((failure) => failure.kind !== kind);
    const { cameraId, microphoneId, hallMode } = wishes.value;
    const track =
      kind === 'camera'
        ? await opened(kind, cameraId, (deviceId) => devices.openCamera(deviceId))
        : await opened(kind, microphoneId, (deviceId) =>
            devices.openMicrophone({ hallMode, ...(deviceId ? { deviceId } : {}) }),
          );
    if (turn !== wanted) return track?.stop();
    if (kind === 'camera') setCamera(track);
    else setMicrophone(track);
  }

  /** Opens both; one that fails is in `failures` and does not keep the other from opening. */
  async function start(): Promise<void> {
    wanted += 1;
    const turn = wanted;
    starting.value = true;
    // One after the other: browsers ask for one permission at a time.
    await open('camera');
    if (turn === wanted) await open('microphone');
    if (turn !== wanted) return;
    starting.value = false;
    list.value = await devices.list();
  }

  function stop(): void {
    wanted += 1;
    starting.value = false;
    lost.clear();
    setCamera(null);
    setMicrophone(null);
  }

  /** Remembers the choice and, while running, goes over to it. */
  async function choose(wish: Partial<DeviceWishes>): Promise<void> {
    wishes.value = { ...wishes.value, ...wish };
    if (!running.value) return;
    if ('cameraId' in wish) await open('camera');
    if ('microphoneId' in wish || 'hallMode' in wish) await open('microphone');
  }

  /** A device that was pulled out and is back goes on; what it sends is the server's to open. */
  function takeUpAgain({ cameras, microphones }: DeviceList): void {
    for (const [kind, one] of lost) {
      const present = kind === 'camera' ? cameras : microphones;
      if (deviceToReturn(one, present)) void open(kind);
    }
  }

  devices.on('changed', (devicesNow) => {
    list.value = devicesNow;
    takeUpAgain(devicesNow);
  });
  devices.on('unplugged', ({ kind, track }) => {
    if (track !== camera.value && track !== microphone.value) return;
    const { cameraId, microphoneId } = wishes.value;
    const { deviceId } = track.getSettings();
    if (kind === 'camera') setCamera(null);
    else setMicrophone(null);
    fail(kind, 'unplugged');
    lost.set(kind, { deviceId, chosenId: kind === 'camera' ? cameraId : microphoneId });
    // Another one may be there already; the browser told of it before.
    void devices.list().then(takeUpAgain);
  });
  void devices.list().then((devicesNow) => (list.value = devicesNow));
  onScopeDispose(() => {
    stop();
    devices.close();
  });

  return {
    list: shallowReadonly(list),
    wishes: readonly(wishes),
    camera: shallowReadonly(camera),
    microphone: shallowReadonly(microphone),
    preview,
    running,
    starting: readonly(starting),
    failures: readonly(failures),
    levelDbfs: readonly(levelDbfs),
    start,
    stop,
    choose,
  };
}

export type UseDevices = ReturnType<typeof useDevices>;
