import type { Me } from '@nhip-cau/shared/protocol/http';
import { useLocalStorage } from '@vueuse/core';
import { computed, watch } from 'vue';
import { useSessionStore } from '../../../../stores/session.ts';
import { useLoad } from '../../parts/useLoad.ts';
import type { HallDevice } from './useHall.ts';

/**
 * The session of this hall's computer. While the server cannot be asked, the one it was last: the
 * console goes on without a line, and whatever it sends is checked by the server.
 */
export function useDevice(bridgePointId: string) {
  const session = useSessionStore();
  const last = useLocalStorage<HallDevice | null>(`nhip-cau.device:${bridgePointId}`, null, {
    serializer: { read: parse, write: (device) => JSON.stringify(device) },
  });
  const { error, loading, reload } = useLoad(() => session.load());
  const isUnreachable = computed(
    () => (error.value as { code?: string } | null)?.code === 'unavailable',
  );
  const device = computed(() =>
    isUnreachable.value ? last.value : session.deviceOf(bridgePointId),
  );
  watch([loading, error], () => {
    if (!loading.value && error.value === null) last.value = session.deviceOf(bridgePointId);
  });
  return { device, error, loading, reload };
}

function parse(json: string): HallDevice | null {
  try {
    const me = JSON.parse(json) as Me | null;
    return me?.kind === 'device' ? me : null;
  } catch {
    return null;
  }
}
