import { useOverlay } from '@nuxt/ui/composables';
import ConfirmDialog from './ConfirmDialog.vue';

export interface Confirmation {
  title: string;
  text: string;
  /** What the button says that it will do. */
  action: string;
  /** It takes something away that does not come back by itself. */
  severe?: boolean;
}

/** A question to answer before something is done: resolves to whether the person said yes. */
export function useConfirm(): (confirmation: Confirmation) => Promise<boolean> {
  const overlay = useOverlay();
  return async (confirmation) => {
    const dialog = overlay.create(ConfirmDialog, { destroyOnClose: true });
    return (await dialog.open(confirmation).result) === true;
  };
}
