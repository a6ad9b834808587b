import type { Me } from '@nhip-cau/shared/protocol/http';
import { useIntervalFn } from '@vueuse/core';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { useDialogueStore } from '../../stores/dialogue.ts';
import { useSessionStore } from '../../stores/session.ts';

type Device = Extract<Me, { kind: 'device' }>;

/** How often a screen without a hall looks whether it was paired, in ms. */
const lookAgainMs = 10_000;

/** The device session of the hall in the address, else the one screen that this computer is. */
export function deviceFor(me: readonly Me[], bridgePointId: string | null): Device | null {
  const devices = me.filter((one) => one.kind === 'device');
  if (bridgePointId) return devices.find((one) => one.bridgePointId === bridgePointId) ?? null;
  const screens = devices.filter(({ role }) => role === 'screen');
  const [only, ...others] = screens.length > 0 ? screens : devices;
  return only && others.length === 0 ? only : null;
}

/**
 * Whose screen this is, connected to its dialogue for as long as the page stands. Nobody sits at
 * it: without a session, or with one that was revoked, it looks again by itself.
 */
export function useScreenSession(search: string) {
  const session = useSessionStore();
  const store = useDialogueStore();
  const bridgePointId = new URLSearchParams(search).get('bridgePoint');
  const device = computed(() => deviceFor(session.me, bridgePointId));
  const looked = ref(false);
  const connect = ({ principal, dialogueId }: Device) =>
    store.connect({ principal, dialogueId, page: 'screen' });

  async function look(): Promise<void> {
    try {
      await session.load();
      looked.value = true;
    } catch {
      // The server is away; the next look may find it.
      return;
    }
    if (store.status === 'revoked' && device.value) {
      store.disconnect();
      connect(device.value);
    }
  }

  watch(device, (mine) => mine && connect(mine), { immediate: true });
  const { pause, resume } = useIntervalFn(look, lookAgainMs, { immediate: false });
  watch(
    () => device.value === null || store.status === 'revoked',
    (lost) => (lost ? resume() : pause()),
    { immediate: true },
  );
  void look();
  onScopeDispose(() => store.disconnect());

  return { store, device, looked };
}
