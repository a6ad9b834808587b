import { useOverlay } from '@nuxt/ui/composables';
import QrDialog from './QrDialog.vue';
import type { UseHall } from './useHall.ts';

/** Shows the hall's join code large; nothing before it is known. */
export function useQrDialog({ joinUrl, name, store }: UseHall): () => void {
  const dialog = useOverlay().create(QrDialog);
  return () => {
    const code = store.hall.bridgePoint?.joinCode;
    if (code && joinUrl.value) void dialog.open({ url: joinUrl.value, code, name: name.value });
  };
}
