import { type CheckName, checkNames } from '@nhip-cau/shared/model/rehearsal';
import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import type { UseDevices } from '../../../../../composables/useDevices.ts';
import type { UseHall } from '../useHall.ts';
import { type Findings, judge, type Judged, stepAfter } from './judge.ts';
import { listen, lookAtPicture, measureLine, playAndListen } from './probes.ts';

/** So long a passed step is shown before the next one begins, in ms. */
const shownMs = 700;

/**
 * The guided check of this computer, step by step. A step that passed goes on by itself; one that
 * did not waits for a person to mend it, or to go on without it. The results go to the city.
 */
export function useRehearsal(hall: UseHall, devices: UseDevices) {
  const step = ref<CheckName | null>(null);
  const isRunning = ref(false);
  const isDone = ref(false);
  const results = shallowRef<Partial<Record<CheckName, Judged>>>({});
  let stop = new AbortController();

  const finders: { [Name in CheckName]: (signal: AbortSignal) => Promise<Findings[Name]> } = {
    async camera() {
      if (!devices.running.value) await devices.start();
      return devices.camera.value?.readyState === 'live';
    },
    picture: (signal) => lookAtPicture(devices.camera.value, signal),
    microphone: (signal) => listen(() => devices.levelDbfs.value, signal),
    echo: (signal) => playAndListen(() => devices.levelDbfs.value, signal),
    up: (signal) => measureLine('up', hall.dialogueId, hall.principal, signal),
    down: (signal) => measureLine('down', hall.dialogueId, hall.principal, signal),
    clock: () =>
      Promise.resolve(hall.store.status === 'online' ? Date.now() - hall.store.now() : null),
  };

  async function run(name: CheckName): Promise<void> {
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    step.value = name;
    isRunning.value = true;
    try {
      const judged = judge(name, await finders[name](signal));
      if (signal.aborted) return;
      keep(name, judged);
      isRunning.value = false;
      if (judged.result === 'ok') setTimeout(() => signal.aborted || goOn(name), shownMs);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  function keep(name: CheckName, judged: Judged): void {
    results.value = { ...results.value, [name]: judged };
  }

  function goOn(name: CheckName): void {
    const next = stepAfter(name);
    if (next) void run(next);
    else finish();
  }

  function finish(): void {
    step.value = null;
    isDone.value = true;
    const checks = Object.fromEntries(
      checkNames.map((name) => {
        const { result, value } = results.value[name] ?? {
          result: 'skipped' as const,
          value: null,
        };
        return [name, { result, value }];
      }),
    ) as Record<CheckName, Pick<Judged, 'result' | 'value'>>;
    hall.give('rehearsal.report', { bridgePointId: hall.bridgePointId, checks });
  }

  function begin(): void {
    isDone.value = false;
    results.value = {};
    void run(checkNames[0]);
  }

  /** Goes on without this step. */
  function skip(): void {
    const name = step.value;
    if (name === null) return;
    stop.abort();
    isRunning.value = false;
    if (results.value[name]?.result !== 'problem') {
      keep(name, { result: 'skipped', value: null, fault: null });
    }
    goOn(name);
  }

  onScopeDispose(() => stop.abort());

  return {
    step,
    isRunning,
    isDone,
    results,
    hasFaults: computed(() => checkNames.some((name) => results.value[name]?.result !== 'ok')),
    begin,
    again: () => step.value !== null && void run(step.value),
    skip,
  };
}
